package dev.mlops.platform.gcp;

import com.google.api.services.iam.v1.Iam;
import com.google.api.services.iam.v1.model.Operation;
import com.google.api.services.iam.v1.model.UndeleteWorkloadIdentityPoolProviderRequest;
import com.google.api.services.iam.v1.model.WorkloadIdentityPoolProvider;
import dev.mlops.platform.Resource.Difference;
import dev.mlops.platform.Resource.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a pool takes for an identity: tokens of one issuer, of one repository. */
record PoolProvider(Site site, WorkloadIdentityPoolProvider wanted) {
  static final String ID = "github";
  private static final String FIELDS = "attributeMapping,attributeCondition,oidc";

  String name() {
    return parent() + "/providers/" + ID;
  }

  private String parent() {
    return new Pool(site, null).name();
  }

  List<Difference> differences() throws InterruptedException {
    Optional<WorkloadIdentityPoolProvider> found = find();
    List<Difference> differences = new ArrayList<>();
    if (found.isEmpty() || !Pool.ACTIVE.equals(found.get().getState())) {
      differences.add(new Difference("provider " + ID + ": missing", Way.IN_PLACE));
    } else if (!isAsWanted(found.get())) {
      differences.add(
          new Difference("provider " + ID + ": takes another repository", Way.IN_PLACE));
    }
    return differences;
  }

  void ensure(Consumer<String> progress) throws InterruptedException {
    Optional<WorkloadIdentityPoolProvider> found = find();
    if (found.isPresent() && Pool.ACTIVE.equals(found.get().getState())) {
      if (!isAsWanted(found.get())) {
        await(
            progress,
            Optional.of(
                site.policy()
                    .change(
                        "change the provider " + ID,
                        progress,
                        () -> providers().patch(name(), wanted).setUpdateMask(FIELDS).execute())));
      }
      return;
    }
    progress.accept("making the provider " + ID);
    await(progress, found.isPresent() ? undelete(progress) : create(progress));
    ensure(progress); // what was taken back may be of another repository
  }

  private Optional<Operation> undelete(Consumer<String> progress) throws InterruptedException {
    return Optional.of(
        site.policy()
            .change(
                "take the provider " + ID + " back",
                progress,
                () ->
                    providers()
                        .undelete(name(), new UndeleteWorkloadIdentityPoolProviderRequest())
                        .execute()));
  }

  private Optional<Operation> create(Consumer<String> progress) throws InterruptedException {
    return site.policy()
        .create(
            "make the provider " + ID,
            progress,
            () -> find().isPresent(),
            () ->
                providers()
                    .create(parent(), wanted)
                    .setWorkloadIdentityPoolProviderId(ID)
                    .execute());
  }

  private void await(Consumer<String> progress, Optional<Operation> begun)
      throws InterruptedException {
    String deed = "make the provider " + ID;
    Operations.await(
        deed,
        Pool.LONGEST,
        site.policy().pace(),
        progress,
        () -> {
          boolean isDone =
              begun.isEmpty()
                  || PoolOperations.throwIfFailed(
                      deed,
                      site,
                      () -> providers().operations().get(begun.get().getName()).execute());
          return isDone
              ? find().map(WorkloadIdentityPoolProvider::getState).filter(Pool.ACTIVE::equals)
              : Optional.empty();
        });
  }

  private boolean isAsWanted(WorkloadIdentityPoolProvider found) {
    return wanted.getAttributeCondition().equals(found.getAttributeCondition())
        && wanted.getAttributeMapping().equals(found.getAttributeMapping())
        && found.getOidc() != null
        && wanted.getOidc().getIssuerUri().equals(found.getOidc().getIssuerUri());
  }

  Optional<WorkloadIdentityPoolProvider> find() throws InterruptedException {
    return site.policy().find("read the provider " + ID, () -> providers().get(name()).execute());
  }

  private Iam.Projects.Locations.WorkloadIdentityPools.Providers providers() {
    return site.clients().pools().projects().locations().workloadIdentityPools().providers();
  }
}
