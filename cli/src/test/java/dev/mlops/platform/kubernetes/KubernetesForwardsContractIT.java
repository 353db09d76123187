package dev.mlops.platform.kubernetes;

import dev.mlops.platform.ForwardsContract;
import dev.mlops.platform.PlatformUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class KubernetesForwardsContractIT extends ForwardsContract {
  @TempDir Path folder;

  @Override
  protected PlatformUnderTest open() {
    return new KubernetesEnvironment(folder);
  }
}
