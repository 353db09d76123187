package dev.mlops.platform.kubernetes;

import dev.mlops.platform.LogsContract;
import dev.mlops.platform.PlatformUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class KubernetesLogsContractIT extends LogsContract {
  @TempDir Path folder;

  @Override
  protected PlatformUnderTest open() {
    return new KubernetesEnvironment(folder);
  }
}
