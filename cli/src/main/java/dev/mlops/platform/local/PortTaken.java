package dev.mlops.platform.local;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;

/** Somebody else listens where the service shall. */
final class PortTaken {
  private PortTaken() {}

  static MlopsException problem(Address address, IOException cause) {
    String who =
        PortOwner.of(address.port())
            .map(p -> "Process " + p.pid() + p.info().command().map(c -> " (" + c + ")").orElse(""))
            .map(process -> process + " listens there.")
            .orElse("");
    return Code.LOCAL_PORT_TAKEN.problem(
        "Can't listen on " + address,
        who,
        "End that program, or choose another port: --set local.port=" + (address.port() + 1),
        cause);
  }
}
