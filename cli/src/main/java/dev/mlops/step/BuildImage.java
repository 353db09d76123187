package dev.mlops.step;

import dev.mlops.image.BuiltImage;
import dev.mlops.image.ImageBuilder;
import dev.mlops.image.ImageSpec;
import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.training.Artifact;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Builds the image into an OCI layout, unless the one there is made of the same inputs. */
public final class BuildImage implements Step<BuiltImage> {
  private final Ref<Artifact> artifact;
  private final Function<Artifact, ImageSpec> spec;
  private final Path layout;
  private final ImageBuilder builder;

  public BuildImage(
      Ref<Artifact> artifact,
      Function<Artifact, ImageSpec> spec,
      Path layout,
      ImageBuilder builder) {
    this.artifact = artifact;
    this.spec = spec;
    this.layout = layout;
    this.builder = builder;
  }

  @Override
  public String id() {
    return "build-image";
  }

  @Override
  public String title() {
    return "Build the image";
  }

  @Override
  public List<Ref<?>> needs() {
    return List.of(artifact);
  }

  @Override
  public Finding<BuiltImage> inspect() {
    Optional<BuiltImage> image = builder.find(spec.apply(artifact.get()), layout);
    return image
        .<Finding<BuiltImage>>map(Finding.InSync::new)
        .orElseGet(
            () -> new Finding.Missing<>("an image of model " + artifact.get().digest().brief()));
  }

  @Override
  public BuiltImage ensure(Consumer<String> progress) throws InterruptedException {
    return builder.build(spec.apply(artifact.get()), layout, progress);
  }

  @Override
  public String describe(BuiltImage image) {
    return image.digest().brief() + ", " + BuiltImage.size(image.sizeBytes());
  }
}
