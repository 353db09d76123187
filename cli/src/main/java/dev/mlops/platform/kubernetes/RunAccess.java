package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Resource;
import java.util.function.Consumer;

/** The Role of whoever deploys, in the environment's namespace, for the runs of a repository. */
record RunAccess(Site site, DeployerRole role) implements Resource {
  @Override
  public String id() {
    return "run-access";
  }

  @Override
  public String title() {
    return "Access of runs";
  }

  @Override
  public State look() {
    return role.isThere() ? new State.Ready(words()) : new State.Missing(words());
  }

  @Override
  public String ensure(Consumer<String> progress) {
    role.ensure(progress);
    return words();
  }

  private String words() {
    return "Role and RoleBinding in namespace " + site.namespace();
  }
}
