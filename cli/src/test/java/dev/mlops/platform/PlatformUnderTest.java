package dev.mlops.platform;

import dev.mlops.platform.local.TestImage;
import java.nio.file.Path;

/** What a contract is held against: a platform of its own, empty at first, removed at the end. */
public interface PlatformUnderTest extends AutoCloseable {
  Platform platform();

  /** A folder for the contract's own files. */
  Path folder();

  /** An image that the platform can run; each variant has a digest of its own. */
  default TestImage image(String variant) {
    return TestImage.write(folder().resolve("layout-" + variant), variant);
  }

  /** An image that the platform has. */
  default TestImage published(String variant) throws InterruptedException {
    TestImage image = image(variant);
    platform().images().publish(image.layout(), image.digest(), _ -> {});
    return image;
  }

  @Override
  void close();
}
