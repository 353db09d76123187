package dev.mlops.platform.gcp;

import com.google.api.services.iam.v1.model.Operation;
import com.google.api.services.iam.v1.model.UndeleteWorkloadIdentityPoolRequest;
import com.google.api.services.iam.v1.model.WorkloadIdentityPool;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A workload identity pool. One that was deleted keeps its name for 30 days, so it is taken back.
 *
 * @param wanted its description marks it as ours
 */
record Pool(Site site, WorkloadIdentityPool wanted) {
  static final Duration LONGEST = Duration.ofMinutes(5);
  static final String ACTIVE = "ACTIVE";

  String name() {
    return "projects/"
        + site.project()
        + "/locations/global/workloadIdentityPools/"
        + site.names().pool();
  }

  boolean isActive() throws InterruptedException {
    Optional<WorkloadIdentityPool> found = find();
    return found.isPresent() && ACTIVE.equals(found.get().getState());
  }

  Optional<WorkloadIdentityPool> find() throws InterruptedException {
    Optional<WorkloadIdentityPool> found =
        site.policy()
            .find("read the pool " + site.names().pool(), () -> pools().get(name()).execute());
    if (found.isPresent() && !wanted.getDescription().equals(found.get().getDescription())) {
      throw Code.GCP_FOREIGN.problem(
          "There is a workload identity pool " + site.names().pool() + " that mlops did not make",
          "Its description is not \"" + wanted.getDescription() + "\".",
          "Rename the project or the environment in the config");
    }
    return found;
  }

  void ensure(Consumer<String> progress) throws InterruptedException {
    Optional<WorkloadIdentityPool> found = find();
    if (found.isPresent() && ACTIVE.equals(found.get().getState())) {
      return;
    }
    String deed = "make the pool " + site.names().pool();
    progress.accept("making the pool " + site.names().pool());
    Optional<Operation> begun =
        found.isPresent()
            ? Optional.of(
                site.policy()
                    .change(
                        deed,
                        progress,
                        () ->
                            pools()
                                .undelete(name(), new UndeleteWorkloadIdentityPoolRequest())
                                .execute()))
            : create(deed, progress);
    Operations.await(
        deed,
        LONGEST,
        site.policy().pace(),
        progress,
        () -> {
          if (begun.isPresent()) {
            PoolOperations.throwIfFailed(
                deed, site, () -> pools().operations().get(begun.get().getName()).execute());
          }
          return find().map(WorkloadIdentityPool::getState).filter(ACTIVE::equals);
        });
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

  private com.google.api.services.iam.v1.Iam.Projects.Locations.WorkloadIdentityPools pools()
      throws IOException {
    return site.clients().pools().projects().locations().workloadIdentityPools();
  }
}
