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
    return switch (status.state()) {
      case ABSENT -> new Result.NotApplicable("nothing is deployed");
      case PAUSED -> new Result.NotApplicable("paused");
      case RUNNING, DEGRADED -> look(status);
    };
  }

  private Result look(Status status) throws InterruptedException {
    Optional<GoldenRows> golden = GoldenRows.of(project.artifact(), status.release());
    return golden.isEmpty()
        ? new Result.NotApplicable("the model that runs is not the one that is here")
        : compare(golden.get(), status);
  }

  private Result compare(GoldenRows golden, Status status) throws InterruptedException {
    try (Endpoint endpoint = Endpoint.of(status, platform.forwards())) {
      return new Result.Fine(golden.compare(endpoint) + " golden rows predicted as in training");
    } catch (IOException e) {
      if (status.endpoint().isEmpty()) {
        return new Result.NotApplicable("there is no way to ask the service");
      }
      throw Code.ENDPOINT_SILENT.problem(
          "The service does not answer to /predict", "", "mlops logs", e);
    }
  }
}
