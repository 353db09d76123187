package dev.mlops.plan;

/** What {@link Step#inspect} saw. */
public sealed interface Finding<T> {
  /** As wanted; {@code now} is the value that later steps get. */
  record InSync<T>(T now) implements Finding<T> {}

  /** Not there. {@code what} names it in the user's words. */
  record Missing<T>(String what) implements Finding<T> {}

  /** There, but different. {@code what} says how, one difference a line. */
  record Differs<T>(String what) implements Finding<T> {}

  /** Can't be told before the step {@code until} has been done. */
  record NotYetKnown<T>(String until) implements Finding<T> {}
}
