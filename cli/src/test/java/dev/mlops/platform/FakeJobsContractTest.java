package dev.mlops.platform;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FakeJobsContractTest extends JobsContract {
  @TempDir Path folder;

  @Override
  protected PlatformUnderTest open() {
    return FakeUnderTest.in(folder);
  }
}
