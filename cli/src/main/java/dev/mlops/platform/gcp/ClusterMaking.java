package dev.mlops.platform.gcp;

import com.google.container.v1.Cluster;
import com.google.container.v1.CreateClusterRequest;
import com.google.container.v1.DeleteClusterRequest;
import com.google.container.v1.Operation;
import dev.mlops.problem.Code;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the cluster where none is, once a former one is out of the way; picks up what another run
 * has begun.
 */
record ClusterMaking(Site site) {
  private static final String REMOVE_FORMER = "remove the former cluster";

  /** The cluster that is there then; it may be somebody else's. */
  Cluster run(Consumer<String> progress) throws InterruptedException {
    makeWay(progress);
    Optional<Cluster> found = find();
    if (found.isEmpty() || found.get().getStatus() == Cluster.Status.PROVISIONING) {
      create(found.isEmpty(), progress);
      found = find();
    }
    Cluster cluster = found.orElseThrow(() -> ClusterResource.absent(site));
    if (cluster.getStatus() == Cluster.Status.ERROR) {
      throw unmade(cluster);
    }
    return cluster;
  }

  /** The name is taken until a former cluster is gone; one of no use is removed, if it is ours. */
  private void makeWay(Consumer<String> progress) throws InterruptedException {
    Optional<Cluster> found = find();
    if (found.isPresent() && found.get().getStatus() == Cluster.Status.ERROR) {
      if (!new ClusterComparison(site, found.get()).isOurs()) {
        throw unusable(found.get());
      }
      var request = DeleteClusterRequest.newBuilder().setName(site.cluster()).build();
      Optional<Operation> begun =
          site.policy()
              .remove(
                  REMOVE_FORMER, progress, () -> site.clients().clusters().deleteCluster(request));
      operations().awaitAbsence(REMOVE_FORMER, progress, begun);
    } else if (found.isPresent() && found.get().getStatus() == Cluster.Status.STOPPING) {
      operations()
          .awaitAbsence(
              REMOVE_FORMER, progress, operations().underWay(Operation.Type.DELETE_CLUSTER));
    }
  }

  private ClusterOperations operations() {
    return new ClusterOperations(site);
  }

  private void create(boolean isToBegin, Consumer<String> progress) throws InterruptedException {
    String deed = "make the cluster " + site.config().cluster().name();
    Optional<Operation> begun = isToBegin ? begin(deed, progress) : Optional.empty();
    if (begun.isEmpty()) {
      begun = beingMade();
    }
    if (begun.isPresent()) {
      operations().await(deed, progress, begun.get());
    }
    awaitMade(deed, progress);
  }

  private Optional<Operation> begin(String deed, Consumer<String> progress)
      throws InterruptedException {
    CreateClusterRequest request =
        CreateClusterRequest.newBuilder()
            .setParent(site.location())
            .setCluster(new ClusterSpec(site).cluster())
            .build();
    progress.accept("making the cluster");
    return site.policy()
        .create(
            deed,
            progress,
            () -> find().isPresent() || beingMade().isPresent(),
            () -> site.clients().clusters().createCluster(request));
  }

  /** The operation of another run, or of a call whose answer was lost. */
  private Optional<Operation> beingMade() throws InterruptedException {
    return operations().underWay(Operation.Type.CREATE_CLUSTER);
  }

  /** Where no operation is known to follow, the cluster itself says how far it is. */
  private void awaitMade(String deed, Consumer<String> progress) throws InterruptedException {
    Operations.await(
        deed,
        ClusterOperations.LONGEST,
        site.policy().pace(),
        progress,
        () ->
            find().filter(cluster -> cluster.getStatus() == Cluster.Status.PROVISIONING).isEmpty()
                ? Optional.of("made")
                : Optional.empty());
  }

  private Optional<Cluster> find() throws InterruptedException {
    return ClusterResource.find(site);
  }

  private static RuntimeException unmade(Cluster found) {
    return Code.GCP_OPERATION.problem(
        "Google could not make the cluster " + found.getName(),
        ClusterResource.conditions(found),
        "Run the command again: what is of no use is removed and made anew.");
  }

  private static RuntimeException unusable(Cluster found) {
    return Code.GCP_REJECTED.problem(
        "The cluster " + found.getName() + " is of no use",
        ClusterResource.conditions(found),
        "Remove it, since it is not ours: gcloud container clusters delete " + found.getName());
  }
}
