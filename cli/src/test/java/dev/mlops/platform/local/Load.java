package dev.mlops.platform.local;

import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Users who post without a pause until closed; each failure of theirs is kept. */
final class Load implements AutoCloseable {
  private final ExecutorService users = Executors.newVirtualThreadPerTaskExecutor();
  private final Collection<String> failures = new ConcurrentLinkedQueue<>();
  private final Set<String> answeredBy = ConcurrentHashMap.newKeySet();
  private final AtomicLong answers = new AtomicLong();
  private volatile boolean over;

  Load(int port, int count, String path) {
    for (int i = 0; i < count; i++) {
      users.execute(() -> use(port, path));
    }
  }

  private void use(int port, String path) {
    try (var client = new RawClient(port)) {
      while (!over) {
        RawClient.Answer answer = client.post(path, "x".repeat(100));
        if (answer.status() != 200) {
          failures.add(answer.head() + answer.body());
          return;
        }
        answeredBy.add(answer.body().split(" ", -1)[0]);
        answers.incrementAndGet();
      }
    } catch (IOException e) {
      failures.add(e.toString());
    }
  }

  Collection<String> failures() {
    return failures;
  }

  /** First words of the answers. */
  Set<String> answeredBy() {
    return answeredBy;
  }

  long answers() {
    return answers.get();
  }

  /** Returns when every user has had the answer to the last request. */
  void stop() {
    over = true;
    users.close();
  }

  @Override
  public void close() {
    stop();
  }
}
