package dev.mlops.platform.kubernetes;

import dev.mlops.platform.OwnershipContract;
import dev.mlops.platform.PlatformUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class KubernetesOwnershipContractIT extends OwnershipContract {
  @TempDir Path folder;

  @Override
  protected PlatformUnderTest open() {
    return new KubernetesEnvironment(folder);
  }
}
