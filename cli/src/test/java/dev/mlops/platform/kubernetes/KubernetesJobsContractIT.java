package dev.mlops.platform.kubernetes;

import dev.mlops.platform.JobsContract;
import dev.mlops.platform.PlatformUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class KubernetesJobsContractIT extends JobsContract {
  @TempDir Path folder;

  @Override
  protected PlatformUnderTest open() {
    return new KubernetesEnvironment(folder);
  }
}
