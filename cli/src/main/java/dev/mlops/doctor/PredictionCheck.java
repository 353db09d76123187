package dev.mlops.doctor;

import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Check;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.step.Endpoint;
import dev.mlops.step.GoldenRows;
import java.io.IOException;
import java.util.Optional;

/** Whether the service predicts what training predicted. */
record PredictionCheck(Project project, Platform platform) {
  static Check of(Project project, Platform platform) {
    return new ServiceCheck(
        "prediction", "Prediction", platform, new PredictionCheck(project, platform)::ask);
  }

  private Check.Result ask(Status status) throws InterruptedException {
    if (status.release().isEmpty()) {
      return new Check.Result.NotApplicable("what runs is no release of mlops");
    }
    Optional<GoldenRows> golden;
    try {
      golden = GoldenRows.of(project.artifact(), status.release().get(), platform.images());
    } catch (MlopsException e) {
      return new Check.Result.NotApplicable(e.problem().message());
    }
    return golden.isEmpty()
        ? new Check.Result.NotApplicable("the image that runs has no golden rows")
        : compare(golden.get(), status);
  }

  private Check.Result compare(GoldenRows golden, Status status) throws InterruptedException {
    try (Endpoint endpoint = Endpoint.of(status, platform.forwards())) {
      return new Check.Result.Fine(
          golden.compare(endpoint) + " golden rows predicted as in training");
    } catch (IOException e) {
      if (status.endpoint().isEmpty()) {
        return new Check.Result.NotApplicable("there is no way to ask the service");
      }
      throw Code.ENDPOINT_SILENT.problem(
          "The service does not answer to /predict", "", "mlops logs", e);
    }
  }
}
