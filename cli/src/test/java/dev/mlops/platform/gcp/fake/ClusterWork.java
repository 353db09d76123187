package dev.mlops.platform.gcp.fake;

import com.google.container.v1.Operation;
import com.google.rpc.Code;
import com.google.rpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GKE's own operations: one at a time for each cluster, polled by name, no long-running kind. */
final class ClusterWork {
  private final World world;
  private final Map<String, Operation> byName = new LinkedHashMap<>();
  private final Map<String, String> busy = new LinkedHashMap<>();
  private final Map<Operation.Type, Deque<Status>> failures = new LinkedHashMap<>();
  private int count;

  ClusterWork(World world) {
    this.world = world;
  }

  /** The next operation of this kind is DONE with this error. */
  void failNext(Operation.Type type, Status error) {
    failures.computeIfAbsent(type, _ -> new ArrayDeque<>()).add(error);
  }

  void needIdle(String cluster) {
    Optional.ofNullable(busy.get(cluster))
        .ifPresent(name -> {
          throw ApiFault.of(
                  Code.FAILED_PRECONDITION,
                  "Cluster is running incompatible operation " + Resource.last(name) + ".")
              .because("CLUSTER_ALREADY_HAS_OPERATION", "container.googleapis.com", Map.of());
        });
  }

  /** Makes the cluster busy with work of Google's own, such as an upgrade. */
  Operation occupy(String cluster, Duration takes) {
    return start(cluster, Operation.Type.UPGRADE_NODES, takes, () -> {}, () -> {});
  }

  /**
   * @param done what is so once it is DONE
   * @param failed what is so if it ends with an error
   */
  Operation start(
      String cluster, Operation.Type type, Duration takes, Runnable done, Runnable failed) {
    needIdle(cluster);
    String parent = cluster.replaceAll("/clusters/.*", "");
    String id = "operation-1790000000000-" + String.format("%08x", ++count);
    String name = parent + "/operations/" + id;
    Operation operation =
        Operation.newBuilder()
            .setName(id)
            .setOperationType(type)
            .setStatus(Operation.Status.RUNNING)
            .setLocation(Resource.part(parent, "locations"))
            .setSelfLink("https://container.googleapis.com/v1/" + name)
            .setTargetLink("https://container.googleapis.com/v1/" + cluster)
            .setStartTime("2026-11-23T12:00:00.000000000Z")
            .build();
    byName.put(name, operation);
    busy.put(cluster, name);
    world.timeline().after(takes, () -> end(name, cluster, done, failed));
    return operation;
  }

  private void end(String name, String cluster, Runnable done, Runnable failed) {
    Operation running = byName.get(name);
    Operation.Builder ended =
        running.toBuilder()
            .setStatus(Operation.Status.DONE)
            .setEndTime("2026-11-23T12:05:00.000000000Z");
    busy.remove(cluster);
    Optional<Status> error =
        Optional.ofNullable(failures.get(running.getOperationType())).map(Deque::poll);
    if (error.isPresent()) {
      ended.setError(error.get());
      failed.run();
    } else {
      done.run();
    }
    byName.put(name, ended.build());
  }

  Operation need(String name) {
    if (!byName.containsKey(name)) {
      throw ApiFault.notFound(name);
    }
    return byName.get(name);
  }

  /** In all locations for {@code -}. */
  List<Operation> list(String parent) {
    String project = Resource.part(parent, "projects");
    String location = Resource.part(parent, "locations");
    return byName.entrySet().stream()
        .filter(each -> each.getKey().startsWith("projects/" + project + "/"))
        .map(Map.Entry::getValue)
        .filter(each -> location.equals("-") || each.getLocation().equals(location))
        .toList();
  }
}
