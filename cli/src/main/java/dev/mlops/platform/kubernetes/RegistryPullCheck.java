package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;

/** Whether a node of the cluster gets the image from the registry. */
record RegistryPullCheck(RegistryImages images, Errand errand) implements Check {
  @Override
  public String id() {
    return "registry-pull";
  }

  @Override
  public String title() {
    return "Registry, pull";
  }

  @Override
  public Result look() {
    return switch (errand.report()) {
      case Envoy.Report.Pulled _ ->
          new Result.Fine("a pod of the cluster pulls from " + images.repository());
      case Envoy.Report.NotSent(String why) -> new Result.NotApplicable(why);
    };
  }
}
