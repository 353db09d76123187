package dev.mlops.platform.gcp;

import dev.mlops.config.Gcp;
import dev.mlops.platform.Resource;
import dev.mlops.platform.kubernetes.DeployerRole;
import java.util.List;
import java.util.function.Consumer;

/** What the workflows may do in the cluster: deploy into the one namespace. */
record Access(Site site, DeployerRole deployer) implements Resource {
  static final String ID = "access";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Cluster access";
  }

  @Override
  public List<String> needs() {
    return List.of(ClusterResource.ID, CiIdentity.ID);
  }

  @Override
  public String foresee() {
    return words();
  }

  @Override
  public State look() {
    return deployer.isThere()
        ? new State.Ready(words())
        : new State.Missing("a Role for " + CiIdentity.account(site).email());
  }

  @Override
  public String ensure(Consumer<String> progress) {
    deployer.ensure(progress);
    return words();
  }

  @Override
  public List<String> byHand() {
    String namespace = " --namespace=" + site.settings().owner().namespace();
    String user = CiIdentity.account(site).email();
    return List.of(
        credentials(site),
        "kubectl create rolebinding mlops-deployer --role=mlops-deployer --user="
            + user
            + namespace,
        "kubectl auth can-i --list --as=" + user + namespace);
  }

  /** The command by which a person's own tools get at the cluster. */
  static String credentials(Site site) {
    return credentials(site, site.config().cluster().name().text(), site.config().location());
  }

  static String credentials(Site site, String cluster, String location) {
    return "gcloud container clusters get-credentials "
        + cluster
        + " --project="
        + site.project()
        + (Gcp.isZone(location) ? " --zone=" : " --region=")
        + location
        + " --dns-endpoint";
  }

  private String words() {
    return CiIdentity.account(site).email()
        + " deploys into namespace "
        + site.settings().owner().namespace();
  }
}
