package dev.mlops.doctor;

import dev.mlops.image.OciLayout;
import dev.mlops.platform.Check;
import java.nio.file.Path;

/**
 * Whether the image is built and whole; what runs has been published.
 *
 * @param layout an OCI image layout
 */
record ImageCheck(Path layout) implements Check {
  @Override
  public String id() {
    return "image";
  }

  @Override
  public String title() {
    return "Image";
  }

  @Override
  public Result look() {
    return OciLayout.find(layout)
        .map(this::complete)
        .orElseGet(() -> new Result.Warning("The image is not built yet", "mlops build"));
  }

  private Result complete(OciLayout image) {
    return image.isComplete()
        ? new Result.Fine(image.digest().brief())
        : new Result.Warning("Files of the image are gone: " + layout, "mlops build");
  }
}
