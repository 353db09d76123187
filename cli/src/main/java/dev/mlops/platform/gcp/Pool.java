package dev.mlops.platform.gcp;

import com.google.api.services.iam.v1.Iam;
import com.google.api.services.iam.v1.model.Operation;
import com.google.api.services.iam.v1.model.UndeleteWorkloadIdentityPoolRequest;
import com.google.api.services.iam.v1.model.WorkloadIdentityPool;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A workload identity pool. One that was deleted keeps its name for 30 days, so it is taken back.
 *
 * @param wanted its description marks it as ours
 */
record Pool(Site site, WorkloadIdentityPool wanted) {

  private static final String DELETED = "DELETED";

  /**
   * @param state as Google says it of a pool or a provider; absent means that there is nothing to
   *     say
   */
  static boolean isActive(String state) {
    return !DELETED.equals(state);
  }

  String name() {
    return "projects/"
        + site.project()
        + "/locations/global/workloadIdentityPools/"
        + site.names().pool();
  }

  boolean isActive() throws InterruptedException {
    return find().filter(found -> isActive(found.getState())).isPresent();
  }

  private boolean isOurs(WorkloadIdentityPool found) {
    return wanted.getDescription().equals(found.getDescription());
  }

  /**
   * Also one that is deleted.
   *
   * @throws dev.mlops.problem.MlopsException if it is not ours and may not be used
   */
  Optional<WorkloadIdentityPool> find() throws InterruptedException {
    Optional<WorkloadIdentityPool> found =
        site.policy()
            .find("read the pool " + site.names().pool(), () -> pools().get(name()).execute());
    if (found.isPresent() && !isOurs(found.get())) {
      requireUsable(found.get());
    }
    return found;
  }

  /** What is not ours is used as it is: it is not ours to undelete either. */
  private void requireUsable(WorkloadIdentityPool found) {
    String what = "workload identity pool " + site.names().pool();
    if (!isActive(found.getState())) {
      throw Foreign.problem(
          what,
          "It was deleted, and keeps its name for 30 days.",
          "gcloud iam workload-identity-pools undelete " + name());
    }
    if (!site.config().adopt()) {
      throw Foreign.undescribed(site, what);
    }
  }

  void ensure(Consumer<String> progress) throws InterruptedException {
    Optional<WorkloadIdentityPool> found = find();
    if (found.isPresent() && isActive(found.get().getState())) {
      return;
    }
    String deed = "make the pool " + site.names().pool();
    progress.accept("making the pool " + site.names().pool());
    Optional<Operation> begun =
        found.isPresent() ? Optional.of(undelete(deed, progress)) : create(deed, progress);
    new PoolOperations(site, deed, name -> pools().operations().get(name).execute())
        .await(begun, this::isActive, progress);
  }

  private Operation undelete(String deed, Consumer<String> progress) throws InterruptedException {
    return site.policy()
        .change(
            deed,
            progress,
            () -> pools().undelete(name(), new UndeleteWorkloadIdentityPoolRequest()).execute());
  }

  private Optional<Operation> create(String deed, Consumer<String> progress)
      throws InterruptedException {
    String parent = "projects/" + site.project() + "/locations/global";
    return site.policy()
        .create(
            deed,
            progress,
            () -> find().isPresent(),
            () ->
                pools()
                    .create(parent, wanted)
                    .setWorkloadIdentityPoolId(site.names().pool())
                    .execute());
  }

  private Iam.Projects.Locations.WorkloadIdentityPools pools() {
    return site.clients().pools().projects().locations().workloadIdentityPools();
  }
}
