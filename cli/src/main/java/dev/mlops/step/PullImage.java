package dev.mlops.step;

import dev.mlops.image.BuiltImage;
import dev.mlops.image.ImagePuller;
import dev.mlops.image.OciLayout;
import dev.mlops.plan.Finding;
import dev.mlops.plan.Step;
import dev.mlops.platform.Digest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Fetches the image of a service that the user built. */
public final class PullImage implements Step<BuiltImage> {
  private final String source;
  private final Path layout;
  private final ImagePuller puller;

  public PullImage(String source, Path layout, ImagePuller puller) {
    this.source = source;
    this.layout = layout;
    this.puller = puller;
  }

  @Override
  public String id() {
    return "pull-image";
  }

  @Override
  public String title() {
    return "Fetch the image";
  }

  @Override
  public Finding<BuiltImage> inspect() throws InterruptedException {
    Optional<OciLayout> found = OciLayout.find(layout);
    if (found.isEmpty()) {
      return new Finding.Missing<>(source);
    }
    OciLayout there = found.get();
    Digest wanted = puller.resolve(source);
    return there.digest().equals(wanted) && there.isComplete()
        ? new Finding.InSync<>(there.image())
        : new Finding.Differs<>(there.digest().brief() + " → " + wanted.brief());
  }

  @Override
  public BuiltImage ensure(Consumer<String> progress) throws InterruptedException {
    return puller.pull(source, layout, progress).image();
  }

  @Override
  public String describe(BuiltImage image) {
    return image.digest().brief();
  }
}
