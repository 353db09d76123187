package dev.mlops.loadtest;

import dev.mlops.problem.Code;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** The folder of a test's report: the raw histograms while it runs, the pages at its end. */
final class ReportFiles implements AutoCloseable {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Path folder;
  private final HistogramLogWriter log;

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

  /**
   * @param from seconds since the start
   */
  void log(double from, double to, Observer observer) {
    log.outputIntervalHistogram(from, to, observer.lastCounting(), NANOS_PER_MILLI);
    Histogram excluded = observer.lastExcluded();
    if (excluded.getTotalCount() > 0) {
      excluded.setTag("not-counted");
      log.outputIntervalHistogram(from, to, excluded, NANOS_PER_MILLI);
    }
  }

  void write(LoadResult result) {
    log.close();
    try {
      new HtmlReport(result).write(page());
      Files.writeString(folder.resolve("report.json"), result.json().toPrettyString() + "\n");
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public void close() {
    log.close();
  }

  private RuntimeException unwritable(IOException e) {
    return Code.LOAD_REPORT.problem(
        "The report can't be written to " + folder, "", "Name another folder with --report.", e);
  }
}
