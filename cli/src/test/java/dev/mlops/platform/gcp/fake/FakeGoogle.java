package dev.mlops.platform.gcp.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A Google of one's own on this machine: the APIs that the platform calls, with state, operations
 * that take time, refusals, and a journal. Speaks gRPC by the published messages, and REST where
 * the clients do.
 */
public final class FakeGoogle implements AutoCloseable {
  private static final List<String> GRPC =
      List.of(
          "container",
          "artifactregistry",
          "iam",
          "serviceusage",
          "cloudresourcemanager",
          "cloudbilling");
  private static final List<String> REST =
      List.of("iam-rest", "iamcredentials", "sts", "compute", "monitoring");

  private final Journal journal = new Journal();
  private final Faults faults = new Faults();
  private final World world = new World();
  private final Gate gate = new Gate(journal, faults, world.timeline());
  private final GrpcFront grpc = new GrpcFront(gate, methods(world));
  private final RestFront rest = new RestFront(gate, routes(world));

  private static List<Rpc<?, ?>> methods(World world) {
    List<Rpc<?, ?>> methods = new ArrayList<>();
    methods.addAll(world.operations().methods());
    methods.addAll(world.projects().methods());
    methods.addAll(world.billing().methods());
    methods.addAll(world.services().methods());
    methods.addAll(world.accounts().methods());
    methods.addAll(world.repositories().methods());
    methods.addAll(world.clusters().methods());
    return methods;
  }

  private static List<Route> routes(World world) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(world.operations().routes());
    routes.addAll(Transcoding.routes(methods(world)));
    routes.addAll(world.pools().routes());
    routes.addAll(new Tokens(world).routes());
    routes.addAll(world.compute().routes());
    routes.addAll(world.monitoring().routes());
    routes.addAll(world.organization().routes());
    return routes;
  }

  /** As {@code MLOPS_GCP_ENDPOINTS} takes them. */
  public String endpoints() {
    List<String> endpoints = new ArrayList<>();
    GRPC.forEach(api -> endpoints.add(api + "=grpc://127.0.0.1:" + grpc.port()));
    REST.forEach(api -> endpoints.add(api + "=http://127.0.0.1:" + rest.port()));
    return String.join(",", endpoints);
  }

  /** The same over REST, but for service accounts, which have no such client. */
  public String restEndpoints() {
    return endpoints()
        .replaceAll("(?<!iam)=grpc://127.0.0.1:\\d+", "=http://127.0.0.1:" + restPort());
  }

  public int grpcPort() {
    return grpc.port();
  }

  public int restPort() {
    return rest.port();
  }

  public Journal journal() {
    return journal;
  }

  public Faults faults() {
    return faults;
  }

  public Pace pace() {
    return world.pace();
  }

  public Rights rights() {
    return world.rights();
  }

  public Projects projects() {
    return world.projects();
  }

  public Billing billing() {
    return world.billing();
  }

  public Services services() {
    return world.services();
  }

  public Policies policies() {
    return world.policies();
  }

  public Accounts accounts() {
    return world.accounts();
  }

  public Repositories repositories() {
    return world.repositories();
  }

  public IdentityPools pools() {
    return world.pools();
  }

  public Compute compute() {
    return world.compute();
  }

  public Clusters clusters() {
    return world.clusters();
  }

  public Monitoring monitoring() {
    return world.monitoring();
  }

  public Organization organization() {
    return world.organization();
  }

  /** Looks into the state, or changes it, while no call is under way. */
  public <T> T alone(Supplier<T> work) {
    return gate.alone(work);
  }

  /** Lets all that takes time be done now. */
  public void finish() {
    alone(() -> {
      world.timeline().finish();
      return true;
    });
  }

  @Override
  public void close() {
    grpc.close();
    rest.close();
  }
}
