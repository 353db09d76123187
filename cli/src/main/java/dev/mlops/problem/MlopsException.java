package dev.mlops.problem;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Carries a {@link Problem} up to `Main`, the one place that prints it. */
public final class MlopsException extends RuntimeException {
  private final transient Problem problem;

  public MlopsException(Problem problem, Throwable cause) {
    super(inOneLine(problem), cause);
    this.problem = problem;
  }

  private static String inOneLine(Problem problem) {
    return Stream.of(problem.code().id(), problem.message(), problem.why())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(": "));
  }

  public Problem problem() {
    return problem;
  }

  public ExitCode exitCode() {
    return problem.code().exitCode();
  }
}
