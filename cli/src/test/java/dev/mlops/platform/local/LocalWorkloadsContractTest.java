package dev.mlops.platform.local;

import dev.mlops.platform.PlatformUnderTest;
import dev.mlops.platform.WorkloadsContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalWorkloadsContractTest extends WorkloadsContract {
  @TempDir Path folder;

  @Override
  protected PlatformUnderTest open() throws IOException {
    return new LocalEnvironment(folder);
  }
}
