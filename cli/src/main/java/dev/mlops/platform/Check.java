package dev.mlops.platform;

/** One thing that has to hold for an environment to work; a rung of the doctor's ladder. */
public interface Check {
  /** Stable name for programs: lower case and hyphens, such as {@code registry-push}. */
  String id();

  /** What the user reads, such as "Rights". */
  String title();

  /**
   * Reads only.
   *
   * @throws dev.mlops.problem.MlopsException if it does not hold, with the remedy
   */
  Result look() throws InterruptedException;

  /** What a look saw, where nothing is broken. */
  sealed interface Result {
    /**
     * @param detail what was seen, in a few words; may be empty
     */
    record Fine(String detail) implements Result {}

    /**
     * It works, but not for long, not in all, or it could not be told.
     *
     * @param next one step that can be run, or empty
     */
    record Warning(String why, String next) implements Result {}

    /** There is nothing to look at. */
    record NotApplicable(String why) implements Result {}
  }
}
