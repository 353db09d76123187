package dev.mlops.platform.local;

import dev.mlops.platform.PlatformUnderTest;
import dev.mlops.platform.ReleasesContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalReleasesContractTest extends ReleasesContract {
  @TempDir Path folder;

  @Override
  protected PlatformUnderTest open() throws IOException {
    return new LocalEnvironment(folder);
  }
}
