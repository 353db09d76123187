package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Federation;
import dev.mlops.platform.Provisioning;
import dev.mlops.platform.Resource;
import java.util.List;

/** A cluster that is there already: nothing is made, but runs may be let in. */
record InCluster(Federation federation) implements Provisioning {
  @Override
  public List<Resource> resources() {
    return List.of();
  }
}
