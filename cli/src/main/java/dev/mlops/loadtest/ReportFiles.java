package dev.mlops.loadtest;

import dev.mlops.problem.Code;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** The folder of a test's report: the raw histograms while it runs, the pages at its end. */
final class ReportFiles implements AutoCloseable {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Path folder;
  private final HistogramLogWriter log;
  private double logged;
  private boolean worthKeeping;

  ReportFiles(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      log =
          new HistogramLogWriter(
              new BufferedOutputStream(Files.newOutputStream(folder.resolve("latency.hlog"))));
    } catch (IOException e) {
      throw unwritable(e);
    }
    log.outputComment("[latency from the intended moment, nanoseconds; untagged: what counts]");
    log.outputLogFormatVersion();
    log.outputStartTime(System.currentTimeMillis());
    log.outputLegend();
  }

  Path page() {
    return folder.resolve("report.html");
  }

  /** The histograms of the last second; of several tasks, each with its name as a tag. */
  void log(Observer observer, Snapshot snapshot) {
    List<String> names = observer.measured().names();
    for (int i = 0; i < names.size(); i++) {
      Histogram latency = observer.last().tasks().get(i).latency();
      if (names.size() > 1) {
        latency.setTag(names.get(i));
      }
      log.outputIntervalHistogram(logged, snapshot.second(), latency, NANOS_PER_MILLI);
    }
    Histogram excluded = observer.last().excluded().latency();
    if (excluded.getTotalCount() > 0) {
      excluded.setTag("not-counted");
      log.outputIntervalHistogram(logged, snapshot.second(), excluded, NANOS_PER_MILLI);
    }
    logged = snapshot.second();
    worthKeeping |= snapshot.phase() == Phase.MEASURED;
  }

  void write(LoadResult result) {
    log.close();
    try {
      new HtmlReport(result).write(page());
      Tabular tables = new Tabular(result);
      Files.writeString(folder.resolve("report.json"), tables.json().toPrettyString() + "\n");
      Files.writeString(folder.resolve("timeline.csv"), tables.csv());
      Files.writeString(folder.resolve("junit.xml"), tables.junit());
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Of a test that was broken off before its measured time nothing stays. */
  @Override
  public void close() {
    log.close();
    if (!worthKeeping && !Files.exists(page())) {
      try {
        Files.deleteIfExists(folder.resolve("latency.hlog"));
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        // Something else lies there.
      }
    }
  }

  private RuntimeException unwritable(IOException e) {
    return Code.LOAD_REPORT.problem(
        "The report can't be written to " + folder, "", "Name another folder with --report.", e);
  }
}
