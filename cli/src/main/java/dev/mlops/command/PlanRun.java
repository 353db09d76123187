package dev.mlops.command;

import dev.mlops.console.Console;
import dev.mlops.console.RunView;
import dev.mlops.console.StepList;
import dev.mlops.console.View;
import dev.mlops.lifecycle.Project;
import dev.mlops.plan.Mode;
import dev.mlops.plan.Outcome;
import dev.mlops.plan.Plan;
import dev.mlops.plan.RunReport;
import dev.mlops.plan.Runner;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import dev.mlops.problem.MlopsException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs a plan before the user's eyes and turns its report into an answer. */
record PlanRun(Console console, Project project, Platform platform) {

  RunReport run(Plan plan, Mode mode) throws InterruptedException {
    console.say("environment " + project.environment() + " on " + platform.target());
    if (mode == Mode.PLAN) {
      // The steps are the answer, not the story: PlanView prints them.
      return new Runner(StepList.NOTHING).run(plan, mode);
    }
    try (StepList steps = console.steps(plan.titles())) {
      return new Runner(steps).run(plan, mode);
    }
  }

  /** Steps, and what runs now. */
  RunView view(RunReport report, List<String> next) {
    return view(report, Optional.of(platform.workloads().status()), next);
  }

  RunView view(RunReport report, Optional<Status> status, List<String> next) {
    return new RunView(
        project.environment(),
        platform.kind(),
        project.config().image().repository(),
        report,
        status,
        next);
  }

  /**
   * Prints the answer, or what went wrong with whatever was done before it.
   *
   * @param answer asked for only if every step is done
   */
  int finish(RunReport report, Supplier<View> answer) {
    Optional<Outcome.Failed> failure = report.failure();
    if (failure.isEmpty()) {
      console.answer(answer.get());
      return ExitCode.DONE.status();
    }
    MlopsException problem = asProblem(failure.get().cause());
    console.fail(
        Optional.of(view(report, Optional.empty(), List.of())), problem.problem(), problem);
    return problem.exitCode().status();
  }

  /** For plans whose failure leaves nothing to show. */
  static void throwIfFailed(RunReport report) {
    Optional<Outcome.Failed> failure = report.failure();
    if (failure.isPresent()) {
      throw asProblem(failure.get().cause());
    }
  }

  static MlopsException asProblem(Exception thrown) {
    return switch (thrown) {
      case Exception e when isInterrupt(e) ->
          Code.INTERRUPTED.problem(
              "Interrupted",
              e instanceof InterruptedException
                  ? Objects.requireNonNullElse(e.getMessage(), "")
                  : "",
              "Run the same command again: it carries on where it stopped.");
      case MlopsException known -> known;
      default ->
          Code.INTERNAL.problem(
              "Something that mlops did not expect: " + thrown,
              "",
              "Please report it, with the log below.",
              thrown);
    };
  }

  /** Files under way fail by an exception of their own, which is told as a fault of the disk. */
  private static boolean isInterrupt(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof InterruptedException || t instanceof ClosedByInterruptException) {
        return true;
      }
    }
    return false;
  }
}
