package dev.mlops.step;

import dev.mlops.image.BuiltImage;
import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.Images;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Brings the image to where the platform takes images from. */
public final class PublishImage implements Step<BuiltImage> {
  private final Ref<BuiltImage> image;
  private final Path layout;
  private final Images images;

  public PublishImage(Ref<BuiltImage> image, Path layout, Images images) {
    this.image = image;
    this.layout = layout;
    this.images = images;
  }

  @Override
  public String id() {
    return "publish-image";
  }

  @Override
  public String title() {
    return "Publish the image";
  }

  @Override
  public List<Ref<?>> needs() {
    return List.of(image);
  }

  @Override
  public Finding<BuiltImage> inspect() throws InterruptedException {
    return images.has(image.get().digest())
        ? new Finding.InSync<>(image.get())
        : new Finding.Missing<>("image " + image.get().digest().brief());
  }

  @Override
  public BuiltImage ensure(Consumer<String> progress) throws InterruptedException {
    images.publish(layout, image.get().digest(), progress);
    return image.get();
  }

  @Override
  public String describe(BuiltImage published) {
    return published.digest().brief();
  }
}
