package dev.mlops.platform.kubernetes;

import dev.mlops.platform.MetersContract;
import dev.mlops.platform.PlatformUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class KubernetesMetersContractIT extends MetersContract {
  @TempDir Path folder;

  @Override
  protected PlatformUnderTest open() {
    return new KubernetesEnvironment(folder);
  }
}
