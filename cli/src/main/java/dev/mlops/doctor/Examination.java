package dev.mlops.doctor;

import dev.mlops.problem.MlopsException;

/**
 * One rung of the ladder, and what was seen there.
 *
 * @param id stable name for programs, such as {@code registry-pull}
 * @param title what the user reads
 */
public record Examination(String id, String title, Verdict verdict) {
  /** What was seen. */
  public sealed interface Verdict {
    /**
     * @param detail in a few words; may be empty
     */
    record Fine(String detail) implements Verdict {}

    /**
     * @param next one step that can be run, or empty
     */
    record Warning(String why, String next) implements Verdict {}

    /** Broken; {@code how} carries the problem with its remedy. */
    record Broken(MlopsException how) implements Verdict {}

    /** Not looked at. */
    record Skipped(String why) implements Verdict {}
  }
}
