package dev.mlops.platform.kubernetes;

import dev.mlops.platform.PlatformUnderTest;
import dev.mlops.platform.ReleasesContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class KubernetesReleasesContractIT extends ReleasesContract {
  @TempDir Path folder;

  @Override
  protected PlatformUnderTest open() {
    return new KubernetesEnvironment(folder);
  }
}
