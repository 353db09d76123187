package dev.mlops.platform.local;

import dev.mlops.image.FileTree;
import dev.mlops.platform.Jobs;
import dev.mlops.platform.LoopbackChannel;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The processes of a job. */
record LocalJob(Jobs.Spec job, List<JobProcess> copies) implements Jobs.Running {
  private static final int REMEMBERED = 20;
  private static final long LOOK_MILLIS = 50;
  private static final int OK = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Override
  public void follow(Predicate<Jobs.Line> goOn) throws InterruptedException {
    BlockingQueue<Jobs.Line> lines = new LinkedBlockingQueue<>();
    List<Thread> readers = new ArrayList<>();
    copies.forEach(
        copy -> readers.add(Thread.ofPlatform().daemon().start(() -> copy.read(lines::add))));
    Deque<String> last = new ArrayDeque<>();
    while (true) {
      // Asked first: what is written until then is in the queue.
      boolean ended = readers.stream().noneMatch(Thread::isAlive);
      Jobs.Line line = lines.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (line == null && ended) {
        break;
      }
      if (line != null) {
        remember(last, line.text());
        if (!goOn.test(line)) {
          return;
        }
      }
    }
    for (JobProcess copy : copies) {
      requireWell(copy.process().waitFor(), last);
    }
  }

  @Override
  public void fetch(int copy, String name, Path into) throws InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + copies.get(copy).port() + "/" + name);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Path> answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofFile(into));
      if (answer.statusCode() != OK) {
        throw new IOException("it answered " + answer.statusCode());
      }
    } catch (IOException e) {
      throw Code.JOB_RESULT.problem(
          "The file " + name + " did not come over from job " + job.name(),
          String.valueOf(e.getMessage()),
          "Run the command again.",
          e);
    }
  }

  @Override
  public Jobs.Channel connect(int copy, Duration patience) throws IOException {
    return LoopbackChannel.open(copies.get(copy).port(), patience, () -> {});
  }

  @Override
  public String ending(int copy) throws InterruptedException {
    Process process = copies.get(copy).process();
    return process.waitFor(PATIENCE) ? "exit code " + process.exitValue() : "it still runs";
  }

  @Override
  public void close() {
    copies.forEach(copy -> copy.process().destroyForcibly());
    Optional<Path> work = copies.stream().findFirst().map(copy -> copy.folder().getParent());
    try {
      if (work.isPresent()) {
        FileTree.delete(work.get());
      }
    } catch (IOException e) {
      // A folder for temporary files is swept by the system.
    }
  }

  private void requireWell(int status, Deque<String> last) {
    if (status != 0) {
      throw Code.JOB_FAILED.problem(
          "Job " + job.name() + " failed",
          "It ended with exit code " + status + ".",
          last.isEmpty() ? "Run the command again." : "Look at its last words below.",
          new IOException(String.join("\n", last)));
    }
  }

  private static void remember(Deque<String> last, String line) {
    if (last.size() == REMEMBERED) {
      last.removeFirst();
    }
    last.addLast(line);
  }
}
