package dev.mlops.platform.kubernetes;

import dev.mlops.platform.PlatformUnderTest;
import dev.mlops.platform.SwitchContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class KubernetesSwitchContractIT extends SwitchContract {
  @TempDir Path folder;

  @Override
  protected PlatformUnderTest open() {
    return new KubernetesEnvironment(folder);
  }
}
