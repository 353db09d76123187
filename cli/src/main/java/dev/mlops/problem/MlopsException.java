package dev.mlops.problem;

/** Carries a {@link Problem} up to `Main`, the one place that prints it. */
public final class MlopsException extends RuntimeException {
  private final transient Problem problem;

  public MlopsException(Problem problem, Throwable cause) {
    super(problem.code().id() + ": " + problem.message(), cause);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }

  public ExitCode exitCode() {
    return problem.code().exitCode();
  }
}
