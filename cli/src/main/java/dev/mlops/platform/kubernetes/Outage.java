package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Waits while the API server is away, as it is when it is replaced: what runs goes on meanwhile.
 */
final class Outage {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final Duration longest;
  private Optional<Instant> since = Optional.empty();

  Outage(InstantSource clock) {
    this(clock, LONGEST);
  }

  /**
   * @param longest how long the server may be away
   */
  Outage(InstantSource clock, Duration longest) {
    this.clock = clock;
    this.longest = longest;
  }

  /** A question to the cluster that may be asked twice: it reads, or removes. */
  interface Question<T> {
    T ask() throws InterruptedException;
  }

  /**
   * @throws MlopsException if the server refuses, or has been away for too long
   */
  <T> T survive(Question<T> question, Consumer<String> progress) throws InterruptedException {
    while (true) {
      try {
        T answer = question.ask();
        since = Optional.empty();
        return answer;
      } catch (MlopsException e) {
        Instant now = clock.instant();
        since = Optional.of(since.orElse(now));
        boolean away = e.problem().code() == Code.KUBERNETES_UNREACHABLE;
        if (!away || Interruption.isCause(e) || since.get().plus(longest).isBefore(now)) {
          throw e;
        }
        progress.accept("the cluster does not answer; it is asked again");
        Thread.sleep(PAUSE);
      }
    }
  }
}
