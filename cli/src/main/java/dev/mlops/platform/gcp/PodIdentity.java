package dev.mlops.platform.gcp;

import dev.mlops.config.Gcp;
import dev.mlops.platform.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Who the pods are to Google's APIs: their own ServiceAccount in the cluster, or an account of
 * Google's that it may act as. Needs the cluster, which the pool of pods comes with.
 */
record PodIdentity(Site site) implements Resource {
  static final String ID = "pod-identity";

  /** Traces and metrics; logs are taken from standard output by the nodes. */
  private static final List<String> ROLES =
      List.of("roles/cloudtrace.agent", "roles/monitoring.metricWriter");

  /** Of {@link Gcp.Identity#IMPERSONATION}. */
  static Account account(Site site) {
    return new Account(site, "pods", "Pods of " + site.settings().owner().project());
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Pod identity";
  }

  @Override
  public List<String> needs() {
    return List.of(ClusterResource.ID);
  }

  @Override
  public String foresee() {
    return "%s for the pods of %s"
        .formatted(String.join(", ", roles()), site.settings().owner().namespace());
  }

  @Override
  public State look() throws InterruptedException {
    List<Grant> missing = new ArrayList<>();
    if (isImpersonated() && !account(site).isThere()) {
      return new State.Missing("account " + account(site).email());
    }
    if (isImpersonated()) {
      missing.addAll(AccessPolicy.of(account(site)).missing(leaves()));
    }
    missing.addAll(AccessPolicy.ofProject(site).missing(grants()));
    return missing.isEmpty()
        ? new State.Ready(member())
        : new State.Missing(String.join("\n", missing.stream().map(Grant::toString).toList()));
  }

  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    if (isImpersonated()) {
      account(site).ensure(progress);
      AccessPolicy.of(account(site)).ensure(leaves(), progress);
    }
    AccessPolicy.ofProject(site).ensure(grants(), progress);
    return member();
  }

  @Override
  public List<String> byHand() {
    List<String> commands = new ArrayList<>();
    if (isImpersonated()) {
      commands.add(account(site).byHand());
      for (Grant leave : leaves()) {
        commands.add(
            "gcloud iam service-accounts add-iam-policy-binding "
                + account(site).email()
                + " --project="
                + site.project()
                + Roles.flags(leave));
      }
    }
    String member = isImpersonated() ? account(site).member() : site.podPrincipal("PROJECT_NUMBER");
    for (String role : roles()) {
      commands.add(
          "gcloud projects add-iam-policy-binding "
              + site.project()
              + Roles.flags(new Grant(role, member))
              + " --condition=None");
    }
    return commands;
  }

  private boolean isImpersonated() {
    return site.config().mode() == Gcp.Identity.IMPERSONATION;
  }

  private List<String> roles() {
    List<String> roles = new ArrayList<>(ROLES);
    roles.addAll(site.config().roles());
    return roles.stream().distinct().toList();
  }

  private String member() throws InterruptedException {
    return isImpersonated() ? account(site).member() : site.podPrincipal();
  }

  private List<Grant> grants() throws InterruptedException {
    String member = member();
    return roles().stream().map(role -> new Grant(role, member)).toList();
  }

  /** Who may act as the account. */
  private List<Grant> leaves() {
    return List.of(
        new Grant(
            "roles/iam.workloadIdentityUser",
            "serviceAccount:"
                + site.names().workloadPool()
                + "["
                + site.settings().owner().namespace()
                + "/"
                + name()
                + "]"));
  }

  private String name() {
    return site.settings().serviceAccount();
  }
}
