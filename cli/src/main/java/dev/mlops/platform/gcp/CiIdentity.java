package dev.mlops.platform.gcp;

import com.google.api.services.iam.v1.model.Oidc;
import com.google.api.services.iam.v1.model.WorkloadIdentityPool;
import com.google.api.services.iam.v1.model.WorkloadIdentityPoolProvider;
import dev.mlops.platform.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Who the workflows of one GitHub repository are: an account that GitHub's own tokens get at,
 * through a pool and a provider which take no other repository's. There is no key.
 */
record CiIdentity(Site site) implements Resource {
  static final String ID = "ci-identity";

  private static final String ISSUER = "https://token.actions.githubusercontent.com";

  static Account account(Site site) {
    return new Account(site, "ci", "Workflows of " + site.settings().github().orElse("GitHub"));
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "CI identity";
  }

  @Override
  public List<String> needs() {
    return List.of(Apis.ID);
  }

  @Override
  public String foresee() {
    return "account "
        + account(site).email()
        + " for the workflows of "
        + site.settings().github().orElseThrow();
  }

  @Override
  public State look() throws InterruptedException {
    GitHub repository = repository();
    List<Difference> differences = new ArrayList<>();
    lackOf(differences, "account " + account(site).email(), account(site).isThere());
    lackOf(differences, "pool " + site.names().pool(), pool().isActive());
    differences.addAll(provider(repository).differences());
    if (!isToBeMade(differences) && !binding().missing(grants(repository)).isEmpty()) {
      lackOf(differences, "leave for the repository to act as the account", false);
    }
    return isToBeMade(differences)
        ? new State.Differs(differences)
        : new State.Ready(words(), differences);
  }

  private static boolean isToBeMade(List<Difference> differences) {
    return differences.stream().anyMatch(each -> each.way() == Way.IN_PLACE);
  }

  private static void lackOf(List<Difference> differences, String what, boolean isThere) {
    if (!isThere) {
      differences.add(new Difference(what + ": missing", Way.IN_PLACE));
    }
  }

  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    GitHub repository = repository();
    account(site).ensure(progress);
    pool().ensure(progress);
    provider(repository).ensure(progress);
    binding().ensure(grants(repository), progress);
    return words();
  }

  @Override
  public List<String> byHand() {
    String pool = site.names().pool();
    String in = " --project=" + site.project() + " --location=global";
    String marked = " --description='" + site.names().marker() + "'";
    return List.of(
        account(site).byHand(),
        "gcloud iam workload-identity-pools create " + pool + in + marked,
        "gcloud iam workload-identity-pools providers create-oidc "
            + PoolProvider.ID
            + in
            + marked
            + " --workload-identity-pool="
            + pool
            + " --issuer-uri="
            + ISSUER
            + " --attribute-mapping='google.subject=assertion.sub,"
            + "attribute.repository_id=assertion.repository_id,"
            + "attribute.repository_owner_id=assertion.repository_owner_id'"
            + " --attribute-condition=\""
            + condition("REPOSITORY_ID", "OWNER_ID")
            + "\"",
        "gcloud iam service-accounts add-iam-policy-binding "
            + account(site).email()
            + " --project="
            + site.project()
            + " --role=roles/iam.workloadIdentityUser --member='principalSet://iam.googleapis.com/"
            + "projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/"
            + pool
            + "/attribute.repository_id/REPOSITORY_ID'");
  }

  private String words() throws InterruptedException {
    return "provider "
        + site.poolName()
        + "/providers/"
        + PoolProvider.ID
        + "\naccount "
        + account(site).email();
  }

  private GitHub repository() throws InterruptedException {
    return GitHub.find(site, site.settings().github().orElseThrow());
  }

  private Pool pool() {
    return new Pool(
        site,
        new WorkloadIdentityPool()
            .setDisplayName("GitHub Actions")
            .setDescription(site.names().marker()));
  }

  /** The repository by its id: so both of GitHub's forms of a subject are taken. */
  private PoolProvider provider(GitHub repository) {
    return new PoolProvider(
        site,
        new WorkloadIdentityPoolProvider()
            .setDisplayName("GitHub Actions")
            .setDescription(site.names().marker())
            .setOidc(new Oidc().setIssuerUri(ISSUER))
            .setAttributeMapping(
                Map.of(
                    "google.subject", "assertion.sub",
                    "attribute.repository_id", "assertion.repository_id",
                    "attribute.repository_owner_id", "assertion.repository_owner_id"))
            .setAttributeCondition(condition(repository.id(), repository.ownerId())));
  }

  private String condition(String repositoryId, String ownerId) {
    return "assertion.repository_id == '"
        + repositoryId
        + "' && assertion.repository_owner_id == '"
        + ownerId
        + "'"
        + site.config()
            .github()
            .environment()
            .map(name -> " && assertion.environment == '" + name + "'")
            .orElse("");
  }

  private AccessPolicy binding() {
    return AccessPolicy.of(account(site));
  }

  private List<Grant> grants(GitHub repository) throws InterruptedException {
    return List.of(
        new Grant(
            "roles/iam.workloadIdentityUser",
            "principalSet://iam.googleapis.com/"
                + site.poolName()
                + "/attribute.repository_id/"
                + repository.id()));
  }
}
