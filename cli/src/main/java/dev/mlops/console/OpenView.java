package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/**
 * The answer of `mlops open`.
 *
 * @param forwarded whether the address is a port of this machine that is led to the service
 */
public record OpenView(String environment, String platform, URI address, boolean forwarded)
    implements View {
  @Override
  public void text(Text text) {
    String hint = forwarded ? text.style().dim("  from here, until Ctrl-C") : "";
    text.line(text.style().accent(address.toString()) + hint);
  }

  @Override
  public String essential() {
    return address.toString();
  }

  @Override
  public ObjectNode json() {
    return Json.object()
        .put("environment", environment)
        .put("platform", platform)
        .put("address", address.toString())
        .put("forwarded", forwarded);
  }
}
