package dev.mlops.platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which runs of a repository's workflows a platform lets in by their own tokens, without a key. */
public interface Federation {
  /** For platforms on which nobody has to log in. */
  Federation NONE = _ -> new Verdict.Untold("nobody has to log in there");

  /**
   * What a run's token will say of it.
   *
   * @param all claims by name, such as {@code sub} and {@code repository_id}
   */
  record Claims(Map<String, String> all) {
    public Claims {
      all = Map.copyOf(all);
    }

    public String issuer() {
      return all.getOrDefault("iss", "");
    }

    public String subject() {
      return all.getOrDefault("sub", "");
    }
  }

  /** Whether such a run would be let in. */
  sealed interface Verdict {
    /**
     * @param how in the platform's words
     */
    record Admitted(String how) implements Verdict {}

    /**
     * @param expected who would be let in, in the platform's words; may be empty
     * @param next what to run to change that
     */
    record Refused(List<String> expected, String next) implements Verdict {
      public Refused {
        expected = List.copyOf(expected);
      }
    }

    /**
     * @param why it can't be told from here
     */
    record Untold(String why) implements Verdict {}
  }

  /** Reads only. */
  Verdict judge(Claims claims) throws InterruptedException;

  /** What lets these runs in; absent where nothing of ours can. */
  default Optional<Resource> admission(List<Claims> runs) {
    return Optional.empty();
  }

  /** What the workflows' steps that log in have to be told, by the names that they read. */
  default Map<String, String> variables() throws InterruptedException {
    return Map.of();
  }
}
