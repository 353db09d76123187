package dev.mlops.platform;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FakeMetersContractTest extends MetersContract {
  @TempDir Path folder;

  @Override
  protected PlatformUnderTest open() {
    return FakeUnderTest.in(folder);
  }
}
