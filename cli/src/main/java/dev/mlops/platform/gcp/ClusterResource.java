package dev.mlops.platform.gcp;

import com.google.container.v1.Cluster;
import com.google.container.v1.StatusCondition;
import dev.mlops.config.GcpCluster;
import dev.mlops.platform.Resource;
import dev.mlops.problem.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The cluster: made as a whole, compared, and put right where that is possible in place. */
record ClusterResource(Site site) implements Resource {
  static final String ID = "cluster";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Cluster";
  }

  @Override
  public List<String> needs() {
    return List.of(NodeAccount.ID);
  }

  @Override
  public boolean bills() {
    return true;
  }

  @Override
  public String foresee() {
    return words();
  }

  @Override
  public State look() throws InterruptedException {
    Optional<Cluster> found = find();
    if (found.isEmpty()) {
      return new State.Missing(words());
    }
    return switch (found.get().getStatus()) {
      case PROVISIONING -> new State.Missing(words() + " (Google is making it)");
      case STOPPING -> new State.Missing(words() + " (the former one is being removed)");
      case ERROR -> {
        comparison(found.get());
        yield new State.Missing(
            words() + " (the one that is there is of no use: " + conditions(found.get()) + ")");
      }
      case RUNNING, RECONCILING, DEGRADED, STATUS_UNSPECIFIED, UNRECOGNIZED -> compare(found.get());
    };
  }

  private State compare(Cluster found) {
    List<Difference> differences = comparison(found).differences();
    return differences.stream().anyMatch(each -> each.way() == Way.IN_PLACE)
        ? new State.Differs(differences)
        : new State.Ready(describe(found), differences);
  }

  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    Cluster cluster = new ClusterMaking(site).run(progress);
    new ClusterRepair(site, comparison(cluster)).run(progress);
    return describe(find().orElseThrow(() -> absent(site)));
  }

  @Override
  public List<String> byHand() {
    return List.of(new ClusterByHand(site).command());
  }

  Optional<Cluster> find() throws InterruptedException {
    return find(site);
  }

  static Optional<Cluster> find(Site site) throws InterruptedException {
    return site.policy()
        .find(
            "read the cluster " + site.config().cluster().name(),
            () -> site.clients().clusters().getCluster(site.cluster()));
  }

  /** The project's other clusters, in all places. */
  static List<Cluster> others(Site site) throws InterruptedException {
    String everywhere = site.projectName() + "/locations/-";
    String name = site.config().cluster().name().text();
    String location = site.config().location();
    return site
        .policy()
        .find(
            "list the project's clusters",
            () -> site.clients().clusters().listClusters(everywhere).getClustersList())
        .orElse(List.of())
        .stream()
        .filter(each -> !(each.getName().equals(name) && each.getLocation().equals(location)))
        .toList();
  }

  /**
   * @throws dev.mlops.problem.MlopsException if it is not ours and may not be used
   */
  private ClusterComparison comparison(Cluster found) {
    var comparison = new ClusterComparison(site, found);
    if (!comparison.isOurs() && !site.config().adopt()) {
      throw Foreign.unlabelled(site, "cluster " + found.getName(), "gcp.cluster.name");
    }
    return comparison;
  }

  private String words() {
    GcpCluster config = site.config().cluster();
    return switch (config.kind()) {
      case AUTOPILOT -> config.name() + ", autopilot in " + site.config().location();
      case STANDARD ->
          config.name()
              + ", "
              + config.nodes().min()
              + " to "
              + config.nodes().max()
              + " × "
              + config.machineType()
              + " a zone, in "
              + (config.zones().isEmpty()
                  ? site.config().location()
                  : String.join(" ", config.zones()));
    };
  }

  private String describe(Cluster found) {
    String words =
        found.getName() + " " + found.getCurrentMasterVersion() + " in " + found.getLocation();
    return found.getStatus() == Cluster.Status.DEGRADED
        ? words + "\nwarning: it is degraded: " + conditions(found)
        : words;
  }

  static String conditions(Cluster found) {
    return found.getConditionsList().stream()
        .map(ClusterResource::condition)
        .collect(Collectors.joining("; "));
  }

  private static String condition(StatusCondition condition) {
    List<String> words = new ArrayList<>();
    words.add(condition.getCanonicalCode().name());
    words.add(condition.getMessage());
    return String.join(" ", words).strip();
  }

  static RuntimeException absent(Site site) {
    return Code.GCP_NO_CLUSTER.problem(
        "There is no cluster " + site.config().cluster().name() + " in " + site.config().location(),
        "",
        "mlops provision");
  }
}
