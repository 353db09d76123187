package dev.mlops.platform.gcp.fake;

import com.google.container.v1.Cluster;
import com.google.container.v1.ControlPlaneEndpointsConfig;
import com.google.container.v1.CreateClusterRequest;
import com.google.container.v1.DeleteClusterRequest;
import com.google.container.v1.GetClusterRequest;
import com.google.container.v1.GetOperationRequest;
import com.google.container.v1.ListClustersRequest;
import com.google.container.v1.ListClustersResponse;
import com.google.container.v1.ListOperationsRequest;
import com.google.container.v1.ListOperationsResponse;
import com.google.container.v1.MasterAuth;
import com.google.container.v1.NodePool;
import com.google.container.v1.Operation;
import com.google.container.v1.SetLabelsRequest;
import com.google.container.v1.UpdateClusterRequest;
import com.google.rpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** {@code google.container.v1.ClusterManager}: clusters; pools are in {@link NodePools}. */
public final class Clusters {
  static final String SERVICE = "google.container.v1.ClusterManager/";
  private static final String API = "container.googleapis.com";

  private final World world;
  private final ClusterWork work;
  private final ClusterRules rules;
  private final Map<String, Cluster> byName = new LinkedHashMap<>();
  private final Set<String> workloadPools = new HashSet<>();
  private String address = "203.0.113.10";
  private String certificate = "";
  private int etag;

  Clusters(World world) {
    this.world = world;
    this.work = new ClusterWork(world);
    this.rules = new ClusterRules(world);
  }

  /** Where the control planes of all clusters answer; they have no DNS name then. */
  public void answerAt(String host, String caBase64) {
    address = host;
    certificate = caBase64;
  }

  public void failNext(Operation.Type type, Status error) {
    work.failNext(type, error);
  }

  /** Google's own work on a cluster, which keeps everybody else waiting. */
  public void occupy(String cluster, Duration takes) {
    work.occupy(cluster, takes);
  }

  public Collection<Cluster> all() {
    return List.copyOf(byName.values());
  }

  public void plant(String name, Cluster cluster) {
    put(name, complete(name, cluster));
    status(name, Cluster.Status.RUNNING, NodePool.Status.RUNNING);
  }

  public void change(String name, UnaryOperator<Cluster.Builder> change) {
    put(name, change.apply(byName.get(name).toBuilder()));
  }

  boolean hasPool(String workloadPool) {
    return workloadPools.contains(workloadPool);
  }

  ClusterWork work() {
    return work;
  }

  List<Rpc<?, ?>> methods() {
    List<Rpc<?, ?>> methods = new ArrayList<>(new NodePools(world, this).methods());
    methods.addAll(
        List.of(
            new Rpc<>(
                SERVICE + "ListClusters",
                ListClustersRequest.getDefaultInstance(),
                ListClustersResponse.getDefaultInstance(),
                this::list),
            new Rpc<>(
                SERVICE + "GetCluster",
                GetClusterRequest.getDefaultInstance(),
                Cluster.getDefaultInstance(),
                request -> need(request.getName())),
            new Rpc<>(
                SERVICE + "CreateCluster",
                CreateClusterRequest.getDefaultInstance(),
                Operation.getDefaultInstance(),
                this::create),
            new Rpc<>(
                SERVICE + "UpdateCluster",
                UpdateClusterRequest.getDefaultInstance(),
                Operation.getDefaultInstance(),
                this::update),
            new Rpc<>(
                SERVICE + "SetLabels",
                SetLabelsRequest.getDefaultInstance(),
                Operation.getDefaultInstance(),
                this::setLabels),
            new Rpc<>(
                SERVICE + "DeleteCluster",
                DeleteClusterRequest.getDefaultInstance(),
                Operation.getDefaultInstance(),
                this::delete),
            new Rpc<>(
                SERVICE + "GetOperation",
                GetOperationRequest.getDefaultInstance(),
                Operation.getDefaultInstance(),
                request -> work.need(request.getName())),
            new Rpc<>(
                SERVICE + "ListOperations",
                ListOperationsRequest.getDefaultInstance(),
                ListOperationsResponse.getDefaultInstance(),
                request ->
                    ListOperationsResponse.newBuilder()
                        .addAllOperations(work.list(request.getParent()))
                        .build())));
    return methods;
  }

  Cluster need(String name) {
    world.services().need(Resource.part(name, "projects"), API);
    Places.needLocation(Resource.part(name, "locations"));
    world.rights().need("container.clusters.get", name);
    if (!byName.containsKey(name)) {
      throw ApiFault.notFound(name);
    }
    return byName.get(name);
  }

  void put(String name, Cluster.Builder cluster) {
    byName.put(name, cluster.setEtag("etag-" + ++etag).build());
  }

  private ListClustersResponse list(ListClustersRequest request) {
    String project = Resource.part(request.getParent(), "projects");
    String location = Resource.part(request.getParent(), "locations");
    world.services().need(project, API);
    return ListClustersResponse.newBuilder()
        .addAllClusters(
            byName.entrySet().stream()
                .filter(each -> each.getKey().startsWith("projects/" + project + "/"))
                .map(Map.Entry::getValue)
                .filter(each -> location.equals("-") || each.getLocation().equals(location))
                .toList())
        .build();
  }

  private Operation create(CreateClusterRequest request) {
    String project = Resource.part(request.getParent(), "projects");
    String location = Resource.part(request.getParent(), "locations");
    world.services().need(project, API);
    Places.needLocation(location);
    world.rights().need("container.clusters.create", request.getParent());
    rules.check(project, location, request.getCluster());
    String name = request.getParent() + "/clusters/" + request.getCluster().getName();
    if (byName.containsKey(name)) {
      throw ApiFault.exists(name);
    }
    rules.checkQuota(location, request.getCluster());
    Operation operation =
        work.start(
            name,
            Operation.Type.CREATE_CLUSTER,
            world.pace().cluster,
            () -> status(name, Cluster.Status.RUNNING, NodePool.Status.RUNNING),
            () -> status(name, Cluster.Status.ERROR, NodePool.Status.ERROR));
    Cluster.Builder cluster = complete(name, request.getCluster());
    put(name, cluster.setStatus(Cluster.Status.PROVISIONING));
    return operation;
  }

  private Cluster.Builder complete(String name, Cluster wanted) {
    String location = Resource.part(name, "locations");
    Cluster.Builder cluster =
        wanted.toBuilder()
            .setLocation(location)
            .setSelfLink("https://container.googleapis.com/v1/" + name)
            .setEndpoint(address)
            .setCurrentMasterVersion("1.33.4-gke.1172000")
            .setCreateTime("2026-11-23T12:00:00+00:00")
            .setMasterAuth(MasterAuth.newBuilder().setClusterCaCertificate(certificate))
            .setLabelFingerprint(fingerprint(wanted.getResourceLabelsMap()));
    if (cluster.getLocationsCount() == 0) {
      cluster.addAllLocations(Places.zones(location));
    }
    if (cluster.getAutopilot().getEnabled()) {
      String project = Resource.part(name, "projects");
      cluster.getWorkloadIdentityConfigBuilder().setWorkloadPool(project + ".svc.id.goog");
      cluster.getShieldedNodesBuilder().setEnabled(true);
    }
    if (cluster.hasControlPlaneEndpointsConfig() && certificate.isEmpty()) {
      ControlPlaneEndpointsConfig.Builder endpoints =
          cluster.getControlPlaneEndpointsConfigBuilder();
      endpoints.getDnsEndpointConfigBuilder().setEndpoint("gke-0123.us-central1.gke.goog");
    }
    cluster.getNodePoolsBuilderList().forEach(pool -> NodePools.complete(pool, name, cluster));
    return cluster;
  }

  private static String fingerprint(Map<String, String> labels) {
    return Integer.toHexString(new java.util.TreeMap<>(labels).hashCode());
  }

  private void status(String name, Cluster.Status status, NodePool.Status ofPools) {
    Cluster.Builder cluster = byName.get(name).toBuilder().setStatus(status);
    cluster.getNodePoolsBuilderList().forEach(pool -> pool.setStatus(ofPools));
    workloadPools.add(cluster.getWorkloadIdentityConfig().getWorkloadPool());
    put(name, cluster);
    if (status == Cluster.Status.RUNNING) {
      world.compute().clusterRuns(name, cluster.build());
    }
  }

  private Operation update(UpdateClusterRequest request) {
    Cluster old = need(request.getName());
    world.rights().need("container.clusters.update", request.getName());
    ClusterRules.checkUpdate(request.getUpdate());
    String seen = request.getUpdate().getEtag();
    if (!seen.isEmpty() && !seen.equals(old.getEtag())) {
      throw ApiFault.of(com.google.rpc.Code.ABORTED, "The cluster's etag does not match.");
    }
    return reconcile(
        request.getName(),
        Operation.Type.UPDATE_CLUSTER,
        cluster -> ClusterChanges.apply(cluster, request.getUpdate()));
  }

  private Operation setLabels(SetLabelsRequest request) {
    Cluster old = need(request.getName());
    world.rights().need("container.clusters.update", request.getName());
    Places.checkLabels(request.getResourceLabelsMap());
    if (!request.getLabelFingerprint().equals(old.getLabelFingerprint())) {
      throw ApiFault.of(
          com.google.rpc.Code.FAILED_PRECONDITION,
          "Labels could not be set due to fingerprint mismatch.");
    }
    return reconcile(
        request.getName(),
        Operation.Type.UPDATE_CLUSTER,
        cluster ->
            cluster
                .clearResourceLabels()
                .putAllResourceLabels(request.getResourceLabelsMap())
                .setLabelFingerprint(fingerprint(request.getResourceLabelsMap())));
  }

  /** RECONCILING until the change is in. */
  Operation reconcile(String name, Operation.Type type, UnaryOperator<Cluster.Builder> change) {
    Cluster old = need(name);
    work.needIdle(name);
    if (old.getStatus() != Cluster.Status.RUNNING && old.getStatus() != Cluster.Status.DEGRADED) {
      throw ApiFault.of(
          com.google.rpc.Code.FAILED_PRECONDITION, "Cluster is in state " + old.getStatus());
    }
    Operation operation =
        work.start(
            name,
            type,
            world.pace().operation,
            () ->
                put(
                    name,
                    change.apply(byName.get(name).toBuilder().setStatus(Cluster.Status.RUNNING))),
            () -> put(name, byName.get(name).toBuilder().setStatus(Cluster.Status.RUNNING)));
    put(name, old.toBuilder().setStatus(Cluster.Status.RECONCILING));
    workloadPools.add(old.getWorkloadIdentityConfig().getWorkloadPool());
    return operation;
  }

  private Operation delete(DeleteClusterRequest request) {
    Cluster old = need(request.getName());
    world.rights().need("container.clusters.delete", request.getName());
    Operation operation =
        work.start(
            request.getName(),
            Operation.Type.DELETE_CLUSTER,
            world.pace().cluster,
            () -> {
              byName.remove(request.getName());
              world.compute().clusterGone(request.getName(), old);
            },
            () -> put(request.getName(), old.toBuilder().setStatus(Cluster.Status.ERROR)));
    put(request.getName(), old.toBuilder().setStatus(Cluster.Status.STOPPING));
    return operation;
  }
}
