package dev.mlops.platform.gcp;

import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.ServiceAccount;
import dev.mlops.problem.Code;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A service account of ours; nobody ever has a key for it.
 *
 * @param role what it is for, such as {@code nodes}; part of its name
 * @param display for people
 */
record Account(Site site, String role, String display) {
  /** Reads in a row that see it, until Google's other services are taken to know it too. */
  private static final int GOOD_READS = 3;

  private static final int MOST_READS = 30;

  String email() {
    return site.names().email(role);
  }

  /** As a member of a policy. */
  String member() {
    return "serviceAccount:" + email();
  }

  String name() {
    return site.projectName() + "/serviceAccounts/" + email();
  }

  /**
   * @throws dev.mlops.problem.MlopsException if there is one of this name that is not ours and may
   *     not be used
   */
  boolean isThere() throws InterruptedException {
    Optional<ServiceAccount> found = find();
    found.ifPresent(this::requireUsable);
    return found.isPresent();
  }

  /** Returns when Google knows it. */
  void ensure(Consumer<String> progress) throws InterruptedException {
    if (isThere()) {
      return;
    }
    progress.accept("making " + email());
    CreateServiceAccountRequest request =
        CreateServiceAccountRequest.newBuilder()
            .setName(site.projectName())
            .setAccountId(site.names().account(role))
            .setServiceAccount(
                ServiceAccount.newBuilder()
                    .setDisplayName(display)
                    .setDescription(site.names().marker()))
            .build();
    site.policy()
        .create(
            "make the account " + email(),
            progress,
            this::isThere,
            () -> site.clients().accounts().createServiceAccount(request));
    awaitVisible(progress);
  }

  private void awaitVisible(Consumer<String> progress) throws InterruptedException {
    int good = 0;
    for (int reads = 1; reads <= MOST_READS && good < GOOD_READS; reads++) {
      good = isThere() ? good + 1 : 0;
      if (good < GOOD_READS) {
        progress.accept("waiting until Google knows " + email() + " everywhere");
        site.policy().pace().rest(1);
      }
    }
  }

  private Optional<ServiceAccount> find() throws InterruptedException {
    return site.policy()
        .find(
            "read the account " + email(),
            () -> site.clients().accounts().getServiceAccount(name()));
  }

  private void requireUsable(ServiceAccount found) {
    boolean isOurs = found.getDescription().equals(site.names().marker());
    if (!isOurs && !site.config().adopt()) {
      throw Foreign.undescribed(site, "service account " + email());
    }
    if (found.getDisabled()) {
      throw Code.GCP_REJECTED.problem(
          "The service account " + email() + " is disabled",
          "",
          "gcloud iam service-accounts enable " + email() + " --project=" + site.project());
    }
  }

  String byHand() {
    return "gcloud iam service-accounts create "
        + site.names().account(role)
        + " --project="
        + site.project()
        + " --display-name='"
        + display
        + "' --description='"
        + site.names().marker()
        + "'";
  }
}
