package dev.mlops.doctor;

import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Check;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import dev.mlops.step.Endpoint;
import java.io.IOException;

/** Whether the service answers where its users ask. */
record AddressCheck(Project project, Platform platform) {
  static Check of(Project project, Platform platform) {
    return new ServiceCheck(
        "address", "Address", platform, new AddressCheck(project, platform)::ask);
  }

  private Check.Result ask(Status status) throws InterruptedException {
    String path = project.config().service().readiness().text();
    try (Endpoint endpoint = Endpoint.of(status, platform.forwards())) {
      endpoint.send(endpoint.request(path).build());
      return status.endpoint().isPresent()
          ? new Check.Result.Fine(endpoint.address() + " answers")
          : new Check.Result.Warning(
              "The service has no address from outside; it answers by a forwarded port",
              "mlops open");
    } catch (IOException e) {
      if (status.endpoint().isEmpty()) {
        return new Check.Result.Warning(
            "The service has no address from outside, and no forwarded port reaches it: "
                + e.getMessage(),
            "mlops open");
      }
      throw Code.ENDPOINT_SILENT.problem(
          status.endpoint().get() + " does not answer", "Asked for " + path + ".", "mlops logs", e);
    }
  }
}
