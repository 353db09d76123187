package dev.mlops.platform.gcp;

import dev.mlops.platform.LeftRunning;
import dev.mlops.problem.Code;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits for what Google does on its own time: seen, bounded, and told of when it is left. */
final class Operations {
  private Operations() {}

  /** Something that goes on, as it is now. */
  interface Work {
    /**
     * @return empty while it goes on
     * @throws dev.mlops.problem.MlopsException if it has failed
     */
    Optional<String> end() throws InterruptedException;

    /** How far it is, for people; may be empty. */
    default String progress() {
      return "";
    }
  }

  /**
   * @param deed such as "make the cluster mlops"
   * @param longest after which it is no longer waited for
   */
  static void await(String deed, Duration longest, Pace pace, Consumer<String> progress, Work work)
      throws InterruptedException {
    long begun = System.nanoTime();
    try {
      for (int asked = 1; work.end().isEmpty(); asked++) {
        long seconds = (System.nanoTime() - begun) / 1_000_000_000;
        if (seconds > longest.toSeconds()) {
          throw tooLong(deed, longest);
        }
        String how = work.progress();
        progress.accept("waiting for Google to " + deed + (how.isEmpty() ? "" : " (" + how + ")"));
        pace.rest(asked);
      }
    } catch (InterruptedException e) {
      throw new LeftRunning("Google goes on to " + deed + "; the same command picks it up.");
    }
  }

  static RuntimeException failed(String deed, Fault fault) {
    return switch (fault.kind()) {
      case QUOTA, DENIED, UNBILLED, DISABLED -> GcpProblems.of(deed, fault);
      default ->
          Code.GCP_OPERATION.problem(
              "Google could not " + deed, fault.message(), "Run the command again");
    };
  }

  private static RuntimeException tooLong(String deed, Duration longest) {
    return Code.GCP_UNAVAILABLE.problem(
        "Google takes longer than " + longest.toMinutes() + " minutes to " + deed,
        "It may still come to its end.",
        "Run the same command again: it goes on waiting.");
  }
}
