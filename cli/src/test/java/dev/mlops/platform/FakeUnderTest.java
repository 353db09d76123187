package dev.mlops.platform;

import java.nio.file.Path;

/** A new {@link FakePlatform}. */
record FakeUnderTest(Platform platform, Path folder) implements PlatformUnderTest {
  static FakeUnderTest in(Path folder) {
    return new FakeUnderTest(new FakePlatform("tiny").platform(), folder);
  }

  @Override
  public void close() {
    // It ends with the test.
  }
}
