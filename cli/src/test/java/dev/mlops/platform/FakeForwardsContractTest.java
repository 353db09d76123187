package dev.mlops.platform;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FakeForwardsContractTest extends ForwardsContract {
  @TempDir Path folder;

  @Override
  protected PlatformUnderTest open() {
    return FakeUnderTest.in(folder);
  }

  @Override
  protected void asked(Forwards.Forward forward) {
    // There is no service behind it.
  }
}
