package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

/** Platform local: this machine. */
public record Local(
    @Doc("Address to listen on. 127.0.0.1: this machine only; 0.0.0.0: every interface.")
        String host,
    @Doc("Port of the service.") Port port) {
  public static final Port DEFAULT_PORT = new Port(8080);

  public Local {
    host = requireNonNullElse(host, "127.0.0.1");
    port = requireNonNullElse(port, DEFAULT_PORT);
  }
}
