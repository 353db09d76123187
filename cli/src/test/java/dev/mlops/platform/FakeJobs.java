package dev.mlops.platform;

import dev.mlops.problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Jobs in memory, which do what {@code TinyServer} does with the same arguments. */
record FakeJobs(Set<Digest> images) implements Jobs {
  private static final String MEGABYTE = "x".repeat(1 << 20);

  @Override
  public Running start(Spec job, Consumer<String> progress) {
    if (!images.contains(job.image())) {
      throw Code.JOB_BLOCKED.problem("The image is not on this platform", "", "Publish it.");
    }
    return new FakeRunning(job, new TreeMap<>());
  }

  /** What is written comes back. */
  private record Echo(InputStream in, OutputStream out) implements Channel {
    static Echo open() throws IOException {
      var out = new PipedOutputStream();
      return new Echo(new PipedInputStream(out), out);
    }

    @Override
    public void close() {
      try (in;
          out) {
        // Both.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private record FakeRunning(Spec job, Map<String, String> files) implements Running {
    @Override
    public void follow(Predicate<Line> goOn) throws InterruptedException {
      for (int copy = 0; copy < job.copies(); copy++) {
        for (String argument : job.arguments()) {
          if (!act(copy, List.of(argument.split("=", 2)), goOn)) {
            return;
          }
        }
      }
    }

    private boolean act(int copy, List<String> action, Predicate<Line> goOn)
        throws InterruptedException {
      String value = action.getLast();
      return switch (action.getFirst()) {
        case "say" -> goOn.test(new Line(copy, expanded(value, copy) + " " + copy));
        case "exit" ->
            throw Code.JOB_FAILED.problem(
                "Job " + job.name() + " failed", "It ended with exit code " + value + ".", "");
        case "write" -> files.put(value, MEGABYTE) == null;
        case "echo" -> goOn.test(new Line(copy, "listening"));
        case "offer" -> goOn.test(new Line(copy, "offering"));
        case "sleep" -> {
          Thread.sleep(Long.parseLong(value));
          yield true;
        }
        default -> throw new IllegalArgumentException(action.getFirst());
      };
    }

    private String expanded(String text, int copy) {
      String expanded = text.replace("$(" + INDEX + ")", "" + copy);
      for (var variable : job.environment().entrySet()) {
        expanded = expanded.replace("$(" + variable.getKey() + ")", variable.getValue());
      }
      return expanded;
    }

    @Override
    public void fetch(int copy, String name, Path into) {
      if (!files.containsKey(name)) {
        throw Code.JOB_RESULT.problem("There is no file " + name, "", "");
      }
      try {
        Files.writeString(into, files.get(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Channel connect(int copy, Duration patience) throws IOException {
      return Echo.open();
    }

    @Override
    public String ending(int copy) {
      return "it still runs";
    }

    @Override
    public void close() {
      files.clear();
    }
  }
}
