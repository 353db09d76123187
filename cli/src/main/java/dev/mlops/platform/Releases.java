package dev.mlops.platform;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The releases that an environment remembers, and can go back to. */
public interface Releases {
  /**
   * One time that a release was deployed. The same release with other manifests, or after another
   * one, is another revision.
   *
   * @param number counts up within an environment
   * @param since when it was deployed, if that was kept
   * @param by who deployed it; empty if that was not kept
   * @param desired what a rollback applies; absent if it was not kept
   */
  record Revision(
      int number,
      Release release,
      Optional<Instant> since,
      String by,
      State state,
      Optional<Desired> desired) {}

  enum State {
    /** It is what runs, or is paused. */
    CURRENT("current"),
    /** It came up when it was deployed. */
    GOOD("good"),
    /** It did not come up, or nobody waited until it did. */
    UNPROVEN("unproven");

    private final String label;

    State(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** The newest first; reads only. */
  List<Revision> list();
}
