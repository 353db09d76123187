package dev.mlops.platform.gcp;

import dev.mlops.platform.Federation;
import dev.mlops.platform.Provisioning;
import dev.mlops.platform.Resource;
import dev.mlops.platform.kubernetes.DeployerRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  @Override
  public List<Resource> onDemand() {
    return List.of(new Watch(site));
  }

  @Override
  public Federation federation() {
    return new GcpFederation(site, new PoolProvider(site, null));
  }

  @Override
  public ByHand byHand(String step) {
    var pages = new ConsolePages(site);
    return switch (step) {
      case "publish-image" -> new ByHand(push(), pages.of(Registry.ID));
      case "apply-workload" -> new ByHand(apply(), pages.of(Access.ID));
      case IdentityVerification.ID -> new ByHand(whoAmI(), pages.of(PodIdentity.ID));
      default ->
          Stream.concat(resources().stream(), onDemand().stream())
              .filter(resource -> resource.id().equals(step))
              .findFirst()
              .map(resource -> new ByHand(resource.byHand(), pages.of(step)))
              .orElse(ByHand.UNKNOWN);
    };
  }

  private List<String> whoAmI() {
    return List.of(
        Access.credentials(site),
        "kubectl run who-am-i --rm --attach --restart=Never --namespace="
            + site.settings().owner().namespace()
            + " --image="
            + image()
            + ":TAG --overrides='{\"spec\": {\"serviceAccountName\": \""
            + site.settings().serviceAccount()
            + "\"}}' -- identity");
  }

  private String image() {
    return new Registry(site).address() + "/" + site.settings().image();
  }

  private List<String> push() {
    return List.of(
        "gcloud auth configure-docker " + site.registryHost(), "docker push " + image() + ":TAG");
  }

  private List<String> apply() {
    return List.of(
        Access.credentials(site),
        "mlops manifests --env " + site.settings().owner().environment() + " | kubectl apply -f -");
  }
}
