package dev.mlops.command;

import dev.mlops.console.DoctorView;
import dev.mlops.console.StepList;
import dev.mlops.doctor.Doctor;
import dev.mlops.doctor.Examination;
import dev.mlops.plan.Outcome;
import dev.mlops.plan.RunReport;
import dev.mlops.problem.ExitCode;
import dev.mlops.problem.MlopsException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "doctor",
    description = {
      "Check everything that an environment needs, from its config to a real prediction.",
      "Stops at the first thing that is broken, and says how to fix it."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final String TITLE = "Examine";

  private final Mlops mlops;

  DoctorCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<Examination> examinations = examine();
    var view = new DoctorView(examinations);
    Optional<MlopsException> broken =
        examinations.stream()
            .map(Examination::verdict)
            .filter(Examination.Verdict.Broken.class::isInstance)
            .map(verdict -> ((Examination.Verdict.Broken) verdict).how())
            .findFirst();
    if (broken.isPresent()) {
      mlops.console().judge(view, broken.get());
      return ExitCode.FAILED.status();
    }
    mlops.console().answer(view);
    return ExitCode.DONE.status();
  }

  private List<Examination> examine() throws InterruptedException {
    var doctor = new Doctor(mlops::projectAsItRuns, mlops::platform);
    long start = System.nanoTime();
    try (StepList story = mlops.console().steps(List.of(TITLE))) {
      story.started(0);
      List<Examination> all = doctor.examine(title -> story.progress(0, title));
      long millis = (System.nanoTime() - start) / 1_000_000;
      var seen = new Outcome.Unchanged(all.size() + (all.size() == 1 ? " check" : " checks"));
      story.ended(0, new RunReport.Entry("examine", TITLE, seen, millis));
      return all;
    }
  }
}
