package dev.mlops.step;

import dev.mlops.image.BuiltImage;
import dev.mlops.image.OciLayout;
import dev.mlops.plan.Finding;
import dev.mlops.plan.Step;
import dev.mlops.problem.Code;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Takes the image that an earlier command built. */
public final class UseImage implements Step<BuiltImage> {
  private final Path layout;

  public UseImage(Path layout) {
    this.layout = layout;
  }

  @Override
  public String id() {
    return "use-image";
  }

  @Override
  public String title() {
    return "Find the image";
  }

  @Override
  public Finding<BuiltImage> inspect() {
    return new Finding.InSync<>(find());
  }

  @Override
  public BuiltImage ensure(Consumer<String> progress) {
    return find();
  }

  private BuiltImage find() {
    return OciLayout.find(layout)
        .orElseThrow(
            () -> Code.IMAGE_MISSING.problem("There is no image to deploy", "", "mlops up"))
        .image();
  }

  @Override
  public String describe(BuiltImage image) {
    return image.digest().brief();
  }
}
