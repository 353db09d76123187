package dev.mlops.platform.gcp;

import com.google.iam.admin.v1.ServiceAccount;
import dev.mlops.platform.Ownership.Looked;
import dev.mlops.platform.Ownership.Owned;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The service accounts of nodes, workflows and pods. */
record AccountsHolding(Site site) implements Holding {
  static final List<String> ROLES = List.of("nodes", "ci", "pods");

  private static final String KIND = "service account";

  @Override
  public List<String> kinds() {
    return List.of(KIND);
  }

  @Override
  public boolean isApart() {
    return true;
  }

  @Override
  public List<Looked> look() throws InterruptedException {
    List<Owned> found = new ArrayList<>();
    List<Owned> kept = new ArrayList<>();
    for (String role : ROLES) {
      Optional<ServiceAccount> account = find(role);
      if (account.isPresent() && isOurs(account.get())) {
        found.add(new Owned(KIND, account.get().getEmail(), ""));
      } else if (account.isPresent()) {
        kept.add(new Owned(KIND, account.get().getEmail(), "was not made by mlops"));
      }
    }
    return List.of(new Looked(KIND, found, kept, Looked.FREE));
  }

  @Override
  public void remove(Consumer<String> progress) throws InterruptedException {
    for (String role : ROLES) {
      Optional<ServiceAccount> account = find(role);
      if (account.isPresent() && isOurs(account.get())) {
        String deed = "remove the account " + account.get().getEmail();
        progress.accept(deed);
        site.policy()
            .remove(
                deed,
                progress,
                () -> {
                  site.clients().accounts().deleteServiceAccount(account.get().getName());
                  return true;
                });
      }
    }
  }

  /** Of those that are ours or gone: not of somebody else's that we use. */
  List<String> emails() throws InterruptedException {
    List<String> emails = new ArrayList<>();
    for (String role : ROLES) {
      if (find(role).filter(found -> !isOurs(found)).isEmpty()) {
        emails.add(site.names().email(role));
      }
    }
    return emails;
  }

  private boolean isOurs(ServiceAccount account) {
    return account.getDescription().equals(site.names().marker());
  }

  /** With the project named: with a dash in its place a missing account looks like a denial. */
  private Optional<ServiceAccount> find(String role) throws InterruptedException {
    String email = site.names().email(role);
    return site.policy()
        .find(
            "read the account " + email,
            () ->
                site.clients()
                    .accounts()
                    .getServiceAccount(site.projectName() + "/serviceAccounts/" + email));
  }

  /** Empty if there is no such project. */
  static Optional<String> projectNumber(Site site) throws InterruptedException {
    try {
      return Optional.of(site.projectNumber());
    } catch (MlopsException e) {
      if (e.problem().code() == Code.GCP_REJECTED) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
