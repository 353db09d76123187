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

/** What a pool takes for an identity: tokens of one issuer, for runs of one repository. */
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
    Optional<WorkloadIdentityPoolProvider> found = usable();
    List<Difference> differences = new ArrayList<>();
    if (found.filter(this::isThere).isEmpty()) {
      differences.add(new Difference("provider " + ID + ": missing", Way.IN_PLACE));
    } else if (!isAsWanted(found.get())) {
      differences.add(
          new Difference(
              "provider " + ID + ": takes other runs",
              isOurs(found.get()) ? Way.IN_PLACE : Way.NOT_OURS));
    }
    return differences;
  }

  void ensure(Consumer<String> progress) throws InterruptedException {
    Optional<WorkloadIdentityPoolProvider> found = usable();
    if (found.filter(this::isThere).isPresent()) {
      if (isOurs(found.get()) && !isAsWanted(found.get())) {
        change(progress);
      }
      return;
    }
    progress.accept("making the provider " + ID);
    await(progress, found.isPresent() ? undelete(progress) : create(progress));
    ensure(progress); // what was taken back may take other runs
  }

  private void change(Consumer<String> progress) throws InterruptedException {
    await(
        progress,
        Optional.of(
            site.policy()
                .change(
                    "change the provider " + ID,
                    progress,
                    () -> providers().patch(name(), wanted).setUpdateMask(FIELDS).execute())));
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
            () -> usable().isPresent(),
            () ->
                providers()
                    .create(parent(), wanted)
                    .setWorkloadIdentityPoolProviderId(ID)
                    .execute());
  }

  private void await(Consumer<String> progress, Optional<Operation> begun)
      throws InterruptedException {
    String deed = "make the provider " + ID;
    new PoolOperations(site, deed, name -> providers().operations().get(name).execute())
        .await(begun, this::isActive, progress);
  }

  private boolean isActive() throws InterruptedException {
    return usable().filter(this::isThere).isPresent();
  }

  private boolean isOurs(WorkloadIdentityPoolProvider found) {
    return wanted.getDescription().equals(found.getDescription());
  }

  private boolean isAsWanted(WorkloadIdentityPoolProvider found) {
    return wanted.getAttributeCondition().equals(found.getAttributeCondition())
        && wanted.getAttributeMapping().equals(found.getAttributeMapping())
        && found.getOidc() != null
        && wanted.getOidc().getIssuerUri().equals(found.getOidc().getIssuerUri());
  }

  /** Whoever made it. */
  Optional<WorkloadIdentityPoolProvider> find() throws InterruptedException {
    return site.policy().find("read the provider " + ID, () -> providers().get(name()).execute());
  }

  /**
   * @throws dev.mlops.problem.MlopsException if it is not ours and may not be used
   */
  private Optional<WorkloadIdentityPoolProvider> usable() throws InterruptedException {
    Optional<WorkloadIdentityPoolProvider> found = find();
    boolean isUsable = site.config().adopt() && found.filter(this::isThere).isPresent();
    if (found.isPresent() && !isOurs(found.get()) && !isUsable) {
      throw Foreign.undescribed(site, "provider " + ID + " in " + parent());
    }
    return found;
  }

  private boolean isThere(WorkloadIdentityPoolProvider found) {
    return Pool.isActive(found.getState());
  }

  private Iam.Projects.Locations.WorkloadIdentityPools.Providers providers() {
    return site.clients().pools().projects().locations().workloadIdentityPools().providers();
  }
}
