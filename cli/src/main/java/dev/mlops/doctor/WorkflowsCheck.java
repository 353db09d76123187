package dev.mlops.doctor;

import dev.mlops.ci.Finding;
import dev.mlops.ci.WorkflowCheck;
import dev.mlops.platform.Check;
import dev.mlops.problem.MlopsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether GitHub would take the workflows, and whether they are safe: {@code mlops ci check}. */
record WorkflowsCheck(Path root) implements Check {
  @Override
  public String id() {
    return "workflows";
  }

  @Override
  public String title() {
    return "Workflows";
  }

  @Override
  public Result look() {
    List<Path> files = WorkflowCheck.files(root);
    if (files.isEmpty()) {
      return new Result.NotApplicable("there is none in .github/workflows");
    }
    List<Finding> findings =
        files.stream().flatMap(file -> WorkflowCheck.check(file).stream()).toList();
    Optional<MlopsException> broken = WorkflowCheck.broken(findings);
    if (broken.isPresent()) {
      throw broken.get();
    }
    return findings.isEmpty()
        ? new Result.Fine(files.size() + (files.size() == 1 ? " workflow" : " workflows"))
        : new Result.Warning(
            findings.getFirst().toString()
                + (findings.size() > 1 ? ", and " + (findings.size() - 1) + " more" : ""),
            "mlops ci check");
  }
}
