package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import io.fabric8.kubernetes.client.Config;

/** Whether there is a way to the cluster at all; nothing is sent yet. */
record KubeconfigCheck(Site site) implements Check {
  @Override
  public String id() {
    return "kubeconfig";
  }

  @Override
  public String title() {
    return "Kubeconfig";
  }

  @Override
  public Result look() {
    Config config = site.cluster().client().getConfiguration();
    if (config.isTrustCerts()) {
      return new Result.Warning(
          "The certificate of " + config.getMasterUrl() + " is not verified",
          "Give the kubeconfig's cluster its certificate-authority");
    }
    return new Result.Fine("context " + site.cluster().name());
  }
}
