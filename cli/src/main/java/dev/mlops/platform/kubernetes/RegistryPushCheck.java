package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;

/** Whether images can be brought to where the cluster takes them from. */
record RegistryPushCheck(RegistryImages images) implements Check {
  @Override
  public String id() {
    return "registry-push";
  }

  @Override
  public String title() {
    return "Registry, push";
  }

  @Override
  public Result look() throws InterruptedException {
    images.tryPush();
    return new Result.Fine("pushes to " + images.repository());
  }
}
