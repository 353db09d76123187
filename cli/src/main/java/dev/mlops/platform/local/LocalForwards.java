package dev.mlops.platform.local;

import dev.mlops.platform.Forwards;
import dev.mlops.problem.Code;
import java.net.URI;
import java.util.function.Consumer;

/** The service listens on this machine anyway: its own address is the way. */
record LocalForwards(LocalWorkloads workloads) implements Forwards {
  private record Itself(URI address) implements Forward {
    @Override
    public void close() {
      // Nothing was opened.
    }
  }

  @Override
  public Forward open(int port, Consumer<String> story) {
    URI address =
        workloads
            .status()
            .endpoint()
            .orElseThrow(() ->
                Code.ENDPOINT_SILENT.problem(
                    "No service runs in this environment", "", "mlops status"));
    if (port != FREE_PORT && port != address.getPort()) {
      throw Code.USAGE.problem(
          "The service is on port " + address.getPort() + " of this machine",
          "Nothing is forwarded on this platform.",
          "Set local.port to have it on another one.");
    }
    return new Itself(address);
  }
}
