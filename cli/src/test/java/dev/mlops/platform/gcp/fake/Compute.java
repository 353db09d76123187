package dev.mlops.platform.gcp.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import com.google.rpc.Code;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code compute.googleapis.com/compute/v1}: what clusters leave behind, quotas, instance groups.
 */
public final class Compute {
  private static final String ROOT = "/compute/v1/projects/(?<project>[^/]+)";
  private static final String SCOPE = "/(?<scope>global|regions/[^/]+|zones/[^/]+)";
  private static final int PAGE = 2;

  private final World world;
  private final ComputeStore store = new ComputeStore();
  private final Map<String, Double> limits = new LinkedHashMap<>();
  private final Map<String, Double> usage = new LinkedHashMap<>();
  private final Set<String> leaving = new HashSet<>();
  private String nextDeleteFails = "";
  private int operations;

  Compute(World world) {
    this.world = world;
    limit("CPUS", 24);
    limit("SSD_TOTAL_GB", 500);
    limit("DISKS_TOTAL_GB", 4096);
    limit("IN_USE_ADDRESSES", 8);
    limit("CPUS_ALL_REGIONS", 32);
  }

  /**
   * @param path such as {@code projects/P/regions/R/forwardingRules/N}
   */
  public void plant(String path, ObjectNode resource) {
    store.put(path, resource);
  }

  public List<String> paths() {
    return store.paths();
  }

  public void limit(String quota, double most) {
    limits.put(quota, most);
  }

  public void use(String quota, double now) {
    usage.put(quota, now);
  }

  /** As the cluster's own autoscaler does in one zone. */
  public void scaleGroup(String project, String zone, String cluster, String pool, int size) {
    store.need(group(project, zone, cluster, pool)).put("targetSize", size);
  }

  /** It begins, and its operation ends with an error. */
  public void failNextDelete(String message) {
    nextDeleteFails = message;
  }

  double limit(String quota) {
    return limits.get(quota);
  }

  double free(String quota) {
    return limits.get(quota) - usage.getOrDefault(quota, 0.0);
  }

  void clusterRuns(String name, Cluster cluster) {
    String project = Resource.part(name, "projects");
    cluster.getNodePoolsList().forEach(pool -> resize(name, pool, pool.getInitialNodeCount()));
    store.put(firewall(project, cluster), RestFront.object().put("description", ""));
  }

  /** It takes its nodes along; load balancers and disks of Kubernetes stay. */
  void clusterGone(String name, Cluster cluster) {
    String project = Resource.part(name, "projects");
    store.remove(firewall(project, cluster));
    for (NodePool pool : cluster.getNodePoolsList()) {
      pool.getLocationsList()
          .forEach(zone -> store.remove(group(project, zone, cluster.getName(), pool.getName())));
    }
  }

  private static String firewall(String project, Cluster cluster) {
    return "projects/" + project + "/global/firewalls/gke-" + cluster.getName() + "-0a1b2c3d-all";
  }

  void resize(String cluster, NodePool pool, int perZone) {
    String project = Resource.part(cluster, "projects");
    for (String zone : pool.getLocationsList()) {
      store.put(
          group(project, zone, Resource.last(cluster), pool.getName()),
          RestFront.object().put("targetSize", perZone));
    }
  }

  private static String group(String project, String zone, String cluster, String pool) {
    return "projects/"
        + project
        + "/zones/"
        + zone
        + "/instanceGroupManagers/"
        + NodePools.group(cluster, pool);
  }

  List<Route> routes() {
    return List.of(
        Route.get(ROOT, request -> quotas(project(request), List.of("CPUS_ALL_REGIONS"))),
        Route.get(ROOT + "/aggregated/(?<kind>[a-zA-Z]+)", this::aggregated),
        Route.get(ROOT + "/regions/(?<region>[^/]+)", this::region),
        Route.get(ROOT + "/zones/(?<zone>[^/]+)", this::zone),
        Route.get(ROOT + "/zones/(?<zone>[^/]+)/machineTypes/(?<type>[^/]+)", this::machine),
        Route.get(ROOT + SCOPE + "/operations/(?<name>[^/]+)", this::operation),
        Route.ask(ROOT + SCOPE + "/operations/(?<name>[^/]+)/wait", this::operation),
        Route.get(ROOT + SCOPE + "/(?<kind>[a-zA-Z]+)", this::list),
        Route.get(
            ROOT + SCOPE + "/(?<kind>[a-zA-Z]+)/(?<name>[^/]+)",
            request -> store.need(path(request))),
        Route.change("DELETE", ROOT + SCOPE + "/(?<kind>[a-zA-Z]+)/(?<name>[^/]+)", this::delete));
  }

  private String project(RestRequest request) {
    String project = request.part("project");
    world.services().need(project, "compute.googleapis.com");
    return world.projects().need(project).getProjectId();
  }

  private String path(RestRequest request) {
    return "projects/"
        + project(request)
        + "/"
        + request.part("scope")
        + "/"
        + request.part("kind")
        + "/"
        + request.part("name");
  }

  private JsonNode quotas(String name, List<String> metrics) {
    ObjectNode answer = RestFront.object().put("name", name);
    ArrayNode quotas = answer.putArray("quotas");
    for (String metric : metrics) {
      quotas
          .addObject()
          .put("metric", metric)
          .put("limit", limits.get(metric))
          .put("usage", usage.getOrDefault(metric, 0.0));
    }
    return answer;
  }

  private JsonNode region(RestRequest request) {
    project(request);
    String region = request.part("region");
    if (!Places.ZONES.containsKey(region)) {
      throw ApiFault.notFound(region);
    }
    ObjectNode answer =
        (ObjectNode)
            quotas(region, List.of("CPUS", "SSD_TOTAL_GB", "DISKS_TOTAL_GB", "IN_USE_ADDRESSES"));
    ArrayNode zones = answer.put("status", "UP").putArray("zones");
    Places.ZONES
        .get(region)
        .forEach(zone ->
            zones.add(
                ComputeStore.link(
                    "projects/" + request.part("project") + "/zones/" + region + "-" + zone)));
    return answer;
  }

  private JsonNode zone(RestRequest request) {
    project(request);
    if (!Places.isZone(request.part("zone"))) {
      throw ApiFault.notFound(request.part("zone"));
    }
    return RestFront.object().put("name", request.part("zone")).put("status", "UP");
  }

  private JsonNode machine(RestRequest request) {
    zone(request);
    int[] size = Places.MACHINES.get(request.part("type"));
    if (size == null) {
      throw ApiFault.notFound("machineTypes/" + request.part("type"));
    }
    return RestFront.object()
        .put("name", request.part("type"))
        .put("guestCpus", size[0])
        .put("memoryMb", size[1]);
  }

  /** In pages of two, so that nobody forgets the next page. */
  private JsonNode aggregated(RestRequest request) {
    String prefix = "projects/" + project(request) + "/";
    String kind = request.part("kind");
    List<String> paths =
        store.paths().stream()
            .filter(path -> path.startsWith(prefix) && path.contains("/" + kind + "/"))
            .toList();
    int start =
        request.query("pageToken").isEmpty() ? 0 : Integer.parseInt(request.query("pageToken"));
    ObjectNode answer = RestFront.object();
    ObjectNode items = answer.putObject("items");
    for (String path : paths.subList(start, Math.min(start + PAGE, paths.size()))) {
      String scope = path.substring(prefix.length(), path.indexOf("/" + kind));
      ObjectNode of = items.has(scope) ? (ObjectNode) items.get(scope) : items.putObject(scope);
      ArrayNode array = of.has(kind) ? (ArrayNode) of.get(kind) : of.putArray(kind);
      array.add(store.need(path));
    }
    if (start + PAGE < paths.size()) {
      answer.put("nextPageToken", Integer.toString(start + PAGE));
    }
    return answer;
  }

  private JsonNode list(RestRequest request) {
    String prefix =
        "projects/"
            + project(request)
            + "/"
            + request.part("scope")
            + "/"
            + request.part("kind")
            + "/";
    ObjectNode answer = RestFront.object();
    ArrayNode items = answer.putArray("items");
    store.paths().stream()
        .filter(path -> path.startsWith(prefix))
        .forEach(path -> items.add(store.need(path)));
    return answer;
  }

  private JsonNode delete(RestRequest request) {
    String path = path(request);
    store.need(path);
    world.rights().need("compute." + request.part("kind") + ".delete", path);
    store.needUnused(path);
    if (leaving.contains(path)) {
      throw ApiFault.invalid("The resource '" + path + "' is not ready");
    }
    leaving.add(path);
    String name = "operation-" + ++operations;
    String at =
        "projects/" + project(request) + "/" + request.part("scope") + "/operations/" + name;
    ObjectNode operation =
        RestFront.object()
            .put("operationType", "delete")
            .put("targetLink", ComputeStore.link(path))
            .put("status", "RUNNING");
    store.put(at, operation);
    String error = nextDeleteFails;
    nextDeleteFails = "";
    if (!error.isEmpty()) {
      leaving.remove(path);
      operation
          .put("status", "DONE")
          .putObject("error")
          .putArray("errors")
          .addObject()
          .put("code", "RESOURCE_IN_USE_BY_ANOTHER_RESOURCE")
          .put("message", error);
      return operation.deepCopy();
    }
    world
        .timeline()
        .after(
            world.pace().operation,
            () -> {
              store.remove(path);
              leaving.remove(path);
              store.need(at).put("status", "DONE").remove("targetLink");
            });
    return operation.deepCopy();
  }

  private JsonNode operation(RestRequest request) {
    String path =
        "projects/"
            + project(request)
            + "/"
            + request.part("scope")
            + "/operations/"
            + request.part("name");
    return store.find(path).orElseThrow(() -> ApiFault.of(Code.NOT_FOUND, path));
  }
}
