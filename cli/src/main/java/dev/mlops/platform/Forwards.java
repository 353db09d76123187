package dev.mlops.platform;

import java.net.URI;
import java.util.function.Consumer;

/** A way to the service from this machine alone, where it has no address or needs none. */
public interface Forwards {
  /** Any port that is free. */
  int FREE_PORT = 0;

  /** An address of this machine that leads to the service, until it is closed. */
  interface Forward extends AutoCloseable {
    URI address();

    @Override
    void close();
  }

  /**
   * @param port of this machine's loopback address, or {@link #FREE_PORT}
   * @param story hears of what fails on the way, of one connection or another
   * @throws dev.mlops.problem.MlopsException if nothing runs that could be led to, or the port is
   *     taken
   */
  Forward open(int port, Consumer<String> story);
}
