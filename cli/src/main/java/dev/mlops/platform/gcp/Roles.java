package dev.mlops.platform.gcp;

import dev.mlops.platform.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What our accounts may do, each only what it needs: the project's policy and the repository's are
 * written once each.
 */
record Roles(Site site) implements Resource {
  static final String ID = "roles";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Roles";
  }

  @Override
  public List<String> needs() {
    return site.settings().github().isPresent()
        ? List.of(NodeAccount.ID, Registry.ID, CiIdentity.ID)
        : List.of(NodeAccount.ID, Registry.ID);
  }

  @Override
  public String foresee() {
    return Stream.concat(ofProject().stream(), ofRepository().stream())
        .map(Grant::toString)
        .collect(Collectors.joining("\n"));
  }

  @Override
  public State look() throws InterruptedException {
    List<Grant> missing = new ArrayList<>(inProject().missing(ofProject()));
    missing.addAll(onRepository().missing(ofRepository()));
    return missing.isEmpty()
        ? new State.Ready(count() + " given")
        : new State.Missing(String.join("\n", missing.stream().map(Grant::toString).toList()));
  }

  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    inProject().ensure(ofProject(), progress);
    onRepository().ensure(ofRepository(), progress);
    return count() + " given";
  }

  @Override
  public List<String> byHand() {
    Stream<String> project =
        ofProject().stream()
            .map(grant ->
                "gcloud projects add-iam-policy-binding "
                    + site.project()
                    + flags(grant)
                    + " --condition=None");
    Stream<String> repository =
        ofRepository().stream()
            .map(grant ->
                "gcloud artifacts repositories add-iam-policy-binding "
                    + site.config().repository()
                    + " --project="
                    + site.project()
                    + " --location="
                    + site.config().region()
                    + flags(grant));
    return Stream.concat(project, repository).toList();
  }

  static String flags(Grant grant) {
    return " --member='" + grant.member() + "' --role=" + grant.role();
  }

  private int count() {
    return ofProject().size() + ofRepository().size();
  }

  private AccessPolicy inProject() {
    return AccessPolicy.ofProject(site);
  }

  private AccessPolicy onRepository() {
    return AccessPolicy.ofRepository(site);
  }

  private List<Grant> ofProject() {
    List<Grant> grants = new ArrayList<>();
    grants.add(new Grant("roles/container.defaultNodeServiceAccount", nodes()));
    if (site.settings().github().isPresent()) {
      // Finds the cluster, and may do nothing in it: that is a Role's in the namespace.
      grants.add(new Grant("roles/container.clusterViewer", CiIdentity.account(site).member()));
    }
    return grants;
  }

  private List<Grant> ofRepository() {
    List<Grant> grants = new ArrayList<>();
    grants.add(new Grant("roles/artifactregistry.reader", nodes()));
    if (site.settings().github().isPresent()) {
      grants.add(new Grant("roles/artifactregistry.writer", CiIdentity.account(site).member()));
    }
    return grants;
  }

  private String nodes() {
    return NodeAccount.account(site).member();
  }
}
