package dev.mlops.platform.local;

import dev.mlops.platform.ForwardsContract;
import dev.mlops.platform.PlatformUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalForwardsContractTest extends ForwardsContract {
  @TempDir Path folder;

  @Override
  protected PlatformUnderTest open() throws IOException {
    return new LocalEnvironment(folder);
  }
}
