package dev.mlops.platform.gcp;

import dev.mlops.platform.Provisioning;
import dev.mlops.platform.Resource;
import dev.mlops.platform.kubernetes.DeployerRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an environment stands on, in the order of the guide. */
record GcpProvisioning(Site site, DeployerRole deployer, Optional<Verification> verification)
    implements Provisioning {
  @Override
  public List<Resource> resources() {
    boolean hasWorkflows = site.settings().github().isPresent();
    List<Resource> all = new ArrayList<>();
    all.add(new ProjectResource(site));
    all.add(new Apis(site));
    all.add(new NodeAccount(site));
    all.add(new Registry(site));
    if (hasWorkflows) {
      all.add(new CiIdentity(site));
    }
    all.add(new Roles(site));
    all.add(new ClusterResource(site));
    all.add(new PodIdentity(site));
    if (hasWorkflows) {
      all.add(new Access(site, deployer));
    }
    return List.copyOf(all);
  }
}
