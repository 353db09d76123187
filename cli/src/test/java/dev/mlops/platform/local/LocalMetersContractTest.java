package dev.mlops.platform.local;

import dev.mlops.platform.MetersContract;
import dev.mlops.platform.PlatformUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalMetersContractTest extends MetersContract {
  @TempDir Path folder;

  @Override
  protected PlatformUnderTest open() throws IOException {
    return new LocalEnvironment(folder);
  }
}
