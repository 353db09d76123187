package dev.mlops.doctor;

import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Check;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import dev.mlops.step.Endpoint;
import java.io.IOException;

/** Whether the service answers where its users ask. */
record AddressCheck(Project project, Platform platform) implements Check {
  @Override
  public String id() {
    return "address";
  }

  @Override
  public String title() {
    return "Address";
  }

  @Override
  public Result look() throws InterruptedException {
    Status status = platform.workloads().status();
    return switch (status.state()) {
      case ABSENT -> new Result.NotApplicable("nothing is deployed");
      case PAUSED -> new Result.NotApplicable("paused");
      case RUNNING, DEGRADED -> ask(status);
    };
  }

  private Result ask(Status status) throws InterruptedException {
    String path = project.config().service().readiness().text();
    try (Endpoint endpoint = Endpoint.of(status, platform.forwards())) {
      endpoint.send(endpoint.request(path).build());
      return status.endpoint().isPresent()
          ? new Result.Fine(endpoint.address() + " answers")
          : new Result.Warning(
              "The service has no address from outside; it answers by a forwarded port",
              "mlops open");
    } catch (IOException e) {
      if (status.endpoint().isEmpty()) {
        return new Result.Warning(
            "The service has no address from outside, and no forwarded port reaches it: "
                + e.getMessage(),
            "mlops open");
      }
      throw Code.ENDPOINT_SILENT.problem(
          status.endpoint().get() + " does not answer", "Asked for " + path + ".", "mlops logs", e);
    }
  }
}
