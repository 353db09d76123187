package dev.mlops.platform.gcp;

import com.google.container.v1.Cluster;
import dev.mlops.platform.Status;
import dev.mlops.platform.Switch;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Stops the pods, and on a Standard cluster of ours the nodes that would be paid for without them.
 * Autopilot bills pods alone. A cluster that is not ours keeps its nodes.
 *
 * @param pods of the Kubernetes platform
 */
record GcpSwitch(Site site, Switch pods) implements Switch {

  @Override
  public Status pause(Consumer<String> progress) throws InterruptedException {
    if (!hasNodes()) {
      return pods.pause(progress);
    }
    var nodes = new Nodes(site);
    nodes.remember(progress);
    nodes.stopAutoscaling(progress);
    Status paused = pods.pause(progress);
    nodes.removeAll(progress);
    return paused;
  }

  @Override
  public Status resume(Consumer<String> progress) throws InterruptedException {
    if (!hasNodes()) {
      return pods.resume(progress);
    }
    var nodes = new Nodes(site);
    nodes.bringBack(progress);
    Status running = pods.resume(progress);
    nodes.forget(progress);
    return running;
  }

  @Override
  public List<String> leftToPause() throws InterruptedException {
    return hasNodes() ? new Nodes(site).running() : List.of();
  }

  @Override
  public List<String> leftToResume() throws InterruptedException {
    return hasNodes() ? new Nodes(site).paused() : List.of();
  }

  private boolean hasNodes() throws InterruptedException {
    Optional<Cluster> cluster = ClusterResource.find(site);
    return cluster.isPresent()
        && !cluster.get().getAutopilot().getEnabled()
        && site.names().areOurs(cluster.get().getResourceLabelsMap());
  }
}
