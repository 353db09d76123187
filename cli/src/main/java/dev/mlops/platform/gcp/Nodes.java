package dev.mlops.platform.gcp;

import com.google.container.v1.Cluster;
import com.google.container.v1.ClusterUpdate;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.Operation;
import com.google.container.v1.SetLabelsRequest;
import com.google.container.v1.SetNodePoolSizeRequest;
import com.google.container.v1.UpdateClusterRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The nodes of a Standard cluster, taken away and brought back. Sizes count nodes of one zone; the
 * cluster's own autoscaler is off meanwhile, else pods that wait would bring nodes back.
 */
record Nodes(Site site) {
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** Such as "default-pool: 2 nodes in each zone"; empty where there is nothing to take away. */
  List<String> running() throws InterruptedException {
    List<String> running = new ArrayList<>();
    for (NodePool pool : pools()) {
      int perZone = perZone(pool);
      if (perZone > 0 || pool.getAutoscaling().getEnabled()) {
        String nodes = perZone == 1 ? " node" : " nodes";
        running.add("pool " + pool.getName() + ": " + perZone + nodes + " in each zone");
      }
    }
    return running;
  }

  /** Pools that are not yet what they were before the pause. */
  List<String> paused() throws InterruptedException {
    Map<String, String> labels = labels();
    return pools().stream()
        .filter(pool -> PoolMemory.read(labels, pool).isPresent())
        .map(NodePool::getName)
        .toList();
  }

  /** Writes down what there is before anything of it is changed; what is written is kept. */
  void remember(Consumer<String> progress) throws InterruptedException {
    Map<String, String> memory = new TreeMap<>();
    Map<String, String> labels = labels();
    for (NodePool pool : pools()) {
      if (PoolMemory.read(labels, pool).isEmpty()) {
        memory.put(PoolMemory.key(pool), PoolMemory.of(pool, perZone(pool)).value());
      }
    }
    if (!memory.isEmpty()) {
      relabel(
          "write down the sizes of the node pools",
          progress,
          now -> {
            Map<String, String> all = new TreeMap<>(now);
            all.putAll(memory);
            return all;
          });
    }
  }

  void forget(Consumer<String> progress) throws InterruptedException {
    if (PoolMemory.isIn(labels())) {
      relabel("strike the sizes of the node pools", progress, PoolMemory::without);
    }
  }

  void stopAutoscaling(Consumer<String> progress) throws InterruptedException {
    for (NodePool pool : pools()) {
      if (pool.getAutoscaling().getEnabled()) {
        autoscale(pool, NodePoolAutoscaling.getDefaultInstance(), progress);
      }
    }
  }

  /** Returns when no machine is left. */
  void removeAll(Consumer<String> progress) throws InterruptedException {
    for (NodePool pool : pools()) {
      if (perZone(pool) > 0) {
        size(pool, 0, progress);
      }
    }
    for (NodePool pool : pools()) {
      awaitNone(pool, progress);
    }
  }

  /** Sizes first, then the autoscaler, which may go on from there. */
  void bringBack(Consumer<String> progress) throws InterruptedException {
    Map<String, String> labels = labels();
    for (NodePool pool : pools()) {
      Optional<PoolMemory> memory = PoolMemory.read(labels, pool);
      if (memory.isPresent()) {
        bringBack(pool, memory.get(), progress);
      }
    }
  }

  private void bringBack(NodePool pool, PoolMemory memory, Consumer<String> progress)
      throws InterruptedException {
    boolean isScaling = pool.getAutoscaling().getEnabled();
    if (!isScaling && perZone(pool) != memory.perZone()) {
      size(pool, memory.perZone(), progress);
    }
    if (!isScaling && memory.autoscaling().getEnabled()) {
      autoscale(pool, memory.autoscaling(), progress);
    }
  }

  /** As Compute says, since autoscaling does not change what the cluster says of a pool. */
  private int perZone(NodePool pool) throws InterruptedException {
    return new InstanceGroups(site, pool).perZone().orElse(pool.getInitialNodeCount());
  }

  private void size(NodePool pool, int perZone, Consumer<String> progress)
      throws InterruptedException {
    SetNodePoolSizeRequest request =
        SetNodePoolSizeRequest.newBuilder().setName(name(pool)).setNodeCount(perZone).build();
    change(
        progress,
        "take the pool " + pool.getName() + " to " + perZone + " nodes in each zone",
        () -> site.clients().clusters().setNodePoolSize(request));
  }

  private void autoscale(NodePool pool, NodePoolAutoscaling autoscaling, Consumer<String> progress)
      throws InterruptedException {
    UpdateClusterRequest request =
        UpdateClusterRequest.newBuilder()
            .setName(site.cluster())
            .setUpdate(
                ClusterUpdate.newBuilder()
                    .setDesiredNodePoolId(pool.getName())
                    .setDesiredNodePoolAutoscaling(autoscaling))
            .build();
    change(
        progress,
        "turn the autoscaling of the pool "
            + pool.getName()
            + (autoscaling.getEnabled() ? " on" : " off"),
        () -> site.clients().clusters().updateCluster(request));
  }

  /** Labels are written as a whole, with the fingerprint of what was read. */
  private void relabel(
      String deed, Consumer<String> progress, UnaryOperator<Map<String, String>> change)
      throws InterruptedException {
    change(
        progress,
        deed,
        () -> {
          Cluster now = site.clients().clusters().getCluster(site.cluster());
          return site.clients()
              .clusters()
              .setLabels(
                  SetLabelsRequest.newBuilder()
                      .setName(site.cluster())
                      .setLabelFingerprint(now.getLabelFingerprint())
                      .putAllResourceLabels(change.apply(now.getResourceLabelsMap()))
                      .build());
        });
  }

  /** Begun anew if somebody else changed the cluster since it was read. */
  private void change(Consumer<String> progress, String deed, Callable<Operation> request)
      throws InterruptedException {
    progress.accept(deed);
    Operation begun = site.policy().rewrite(deed, progress, request);
    new ClusterOperations(site).await(deed, progress, begun);
  }

  private void awaitNone(NodePool pool, Consumer<String> progress) throws InterruptedException {
    var groups = new InstanceGroups(site, pool);
    Operations.await(
        "remove the nodes of " + pool.getName(),
        LONGEST,
        site.policy().pace(),
        progress,
        () -> groups.machines().orElse(0) == 0 ? Optional.of("none") : Optional.empty());
  }

  private String name(NodePool pool) {
    return site.cluster() + "/nodePools/" + pool.getName();
  }

  private List<NodePool> pools() throws InterruptedException {
    return cluster().getNodePoolsList();
  }

  private Map<String, String> labels() throws InterruptedException {
    return cluster().getResourceLabelsMap();
  }

  private Cluster cluster() throws InterruptedException {
    return ClusterResource.find(site).orElseThrow(() -> ClusterResource.absent(site));
  }
}
