package dev.mlops.step;

import dev.mlops.image.BuiltImage;
import dev.mlops.image.OciLayout;
import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.Digest;
import dev.mlops.platform.Images;
import dev.mlops.platform.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Fetches the image of a release, by digest, from where its platform takes images from. */
public final class FetchImage implements Step<BuiltImage> {
  private final Ref<Status> source;
  private final Images images;
  private final Path layout;

  public FetchImage(Ref<Status> source, Images images, Path layout) {
    this.source = source;
    this.images = images;
    this.layout = layout;
  }

  @Override
  public String id() {
    return "fetch-image";
  }

  @Override
  public String title() {
    return "Fetch the image";
  }

  @Override
  public List<Ref<?>> needs() {
    return List.of(source);
  }

  @Override
  public Finding<BuiltImage> inspect() {
    Optional<OciLayout> found = OciLayout.find(layout);
    if (found.isEmpty()) {
      return new Finding.Missing<>("image " + wanted().brief());
    }
    OciLayout there = found.get();
    return there.digest().equals(wanted()) && there.isComplete()
        ? new Finding.InSync<>(there.image())
        : new Finding.Differs<>(there.digest().brief() + " → " + wanted().brief());
  }

  @Override
  public BuiltImage ensure(Consumer<String> progress) throws InterruptedException {
    images.fetch(wanted(), layout, progress);
    return OciLayout.open(layout).image();
  }

  @Override
  public String describe(BuiltImage image) {
    return image.digest().brief();
  }

  private Digest wanted() {
    return source.get().release().orElseThrow().image();
  }
}
