package dev.mlops.step;

import dev.mlops.image.BuiltImage;
import dev.mlops.image.ImagePusher;
import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Sends the image to a registry; the registry is asked for each layer, and gets what it lacks. */
public final class PushImage implements Step<Digest> {
  private final Ref<BuiltImage> image;
  private final Path layout;
  private final ImagePusher pusher;

  public PushImage(Ref<BuiltImage> image, Path layout, ImagePusher pusher) {
    this.image = image;
    this.layout = layout;
    this.pusher = pusher;
  }

  @Override
  public String id() {
    return "push-image";
  }

  @Override
  public String title() {
    return "Push the image";
  }

  @Override
  public List<Ref<?>> needs() {
    return List.of(image);
  }

  @Override
  public Finding<Digest> inspect() throws InterruptedException {
    return pusher.holds(image.get().digest())
        ? new Finding.InSync<>(image.get().digest())
        : new Finding.Missing<>("image " + image.get().digest().brief() + " at " + pusher.target());
  }

  @Override
  public Digest ensure(Consumer<String> progress) throws InterruptedException {
    return pusher.push(layout, progress);
  }

  @Override
  public String describe(Digest digest) {
    return pusher.target() + "@" + digest.brief();
  }
}
