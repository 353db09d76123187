package dev.mlops.doctor;

import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Check;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import dev.mlops.step.Endpoint;
import dev.mlops.step.GoldenRows;
import java.io.IOException;
import java.util.Optional;

/** Whether the service predicts what training predicted. */
record PredictionCheck(Project project, Platform platform) implements Check {
  @Override
  public String id() {
    return "prediction";
  }

  @Override
  public String title() {
    return "Prediction";
  }

  @Override
  public Result look() throws InterruptedException {
    Status status = platform.workloads().status();
    if (status.endpoint().isEmpty() || status.state() == Status.State.PAUSED) {
      return new Result.NotApplicable("there is no address to ask");
    }
    Optional<GoldenRows> golden = GoldenRows.of(project.artifact(), status.release());
    return golden.isEmpty()
        ? new Result.NotApplicable("the model that runs is not the one that is here")
        : compare(golden.get(), Endpoint.of(status));
  }

  private static Result compare(GoldenRows golden, Endpoint endpoint) throws InterruptedException {
    try {
      return new Result.Fine(golden.compare(endpoint) + " golden rows predicted as in training");
    } catch (IOException e) {
      throw Code.ENDPOINT_SILENT.problem(
          endpoint.address() + " does not answer to /predict", "", "mlops logs", e);
    }
  }
}
