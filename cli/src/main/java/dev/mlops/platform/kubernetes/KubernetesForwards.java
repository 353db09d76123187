package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Forwards;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.function.Consumer;

/** Ports of this machine that the API server leads to the service's pods. */
record KubernetesForwards(Site site) implements Forwards {
  @Override
  public Forward open(int port, Consumer<String> story) {
    Deployment main = site.main().orElseThrow(Status::nothingDeployed);
    if (Pause.of(main).isPresent()) {
      throw Status.paused();
    }
    return Forwarder.start(listen(port), new ServingPods(site), story);
  }

  private static ServerSocketChannel listen(int port) {
    try {
      return ServerSocketChannel.open()
          .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (BindException e) {
      throw Code.LOCAL_PORT_TAKEN.problem(
          "Port " + port + " of this machine is taken",
          "",
          "Name another one with --port, or none for any that is free.",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
