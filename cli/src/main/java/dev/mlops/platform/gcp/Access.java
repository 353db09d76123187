package dev.mlops.platform.gcp;

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

  private String words() {
    return CiIdentity.account(site).email()
        + " deploys into namespace "
        + site.settings().owner().namespace();
  }
}
