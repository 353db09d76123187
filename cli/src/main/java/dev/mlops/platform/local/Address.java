package dev.mlops.platform.local;

import java.net.URI;

/** Where the service listens. */
record Address(String host, int port) {
  private static final String ANY = "0.0.0.0";

  /** As a client on this machine writes it. */
  URI uri() {
    return URI.create("http://" + reachable() + ":" + port);
  }

  /** The wildcard address can be bound but not asked. */
  String reachable() {
    return host.equals(ANY) ? "127.0.0.1" : host;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
