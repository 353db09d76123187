package dev.mlops.image;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.process.Jdk;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes an image of the model service and a model, without a container engine. Equal inputs give an
 * equal digest on one machine; a new model moves the last layer only.
 */
public final class ImageBuilder {
  /** The default base was chosen and yet can't be had: the next best will do. */
  private static final Set<Code> NO_BASE =
      Set.of(
          Code.REGISTRY_UNREACHABLE,
          Code.REGISTRY_NOT_FOUND,
          Code.REGISTRY_UNAUTHORIZED,
          Code.IMAGE_BASE);

  private final BuildCache cache;
  private final JavaRuntime runtime;
  private final Machine machine;
  private final BaseChoice bases;

  /**
   * @param cache kept from build to build, shared by processes; see {@link UserCache}
   * @param jdk home of the JDK to link the image's runtime from
   */
  public ImageBuilder(Path cache, Path jdk) {
    this(cache, jdk, BaseChoice.published(Machine.here(), new BuildCache(cache)));
  }

  ImageBuilder(Path cache, Path jdk, BaseChoice bases) {
    this.cache = new BuildCache(cache);
    this.runtime = new JavaRuntime(jdk);
    this.machine = Machine.here();
    this.bases = bases;
  }

  /** Of the images that are built here, such as {@code amd64}. */
  public static String architecture() {
    return Machine.here().architecture();
  }

  /** With this user's cache and the JDK that runs this. */
  public static ImageBuilder ofUser() {
    return new ImageBuilder(UserCache.folder(), Jdk.home());
  }

  /**
   * Returns when the image is in the layout, which is replaced as a whole. Beside it stands its
   * bill of materials, {@code <layout>.cdx.json}.
   *
   * @throws MlopsException if an input can't be read, no runtime or base can be had, or the layout
   *     can't be written
   */
  public BuiltImage build(ImageSpec spec, Path layout, Consumer<String> progress)
      throws InterruptedException {
    Ingredients ingredients = Ingredients.gather(spec, runtime, machine, cache, progress);
    LayoutWriter writer = new LayoutWriter(ingredients, machine, cache);
    Base base = bases.choose(spec.base(), ingredients.programs(), progress);
    try {
      BuiltImage image = writer.write(base, layout, progress);
      bases.remember(base);
      return image;
    } catch (MlopsException e) {
      boolean mayFallBack = spec.base().equals(ImageSpec.AUTO) && base instanceof Base.Published;
      if (!mayFallBack || !NO_BASE.contains(e.problem().code())) {
        throw e;
      }
      progress.accept(e.problem().message() + ": using this machine's C library");
      return writer.write(bases.fallback(ingredients.programs()), layout, progress);
    }
  }

  /**
   * Whether a layout's image is made of exactly these inputs. Reads only, and asks no registry.
   *
   * @return the image if it is; empty if it is not, or if that can't be told without work
   */
  public Optional<BuiltImage> find(ImageSpec spec, Path layout) {
    try {
      return OciLayout.find(layout)
          .filter(there -> isMadeOf(there, spec) && there.isComplete())
          .map(OciLayout::image);
    } catch (MlopsException e) {
      // What is amiss is said by the build that follows, if it still is then.
      return Optional.empty();
    }
  }

  private boolean isMadeOf(OciLayout there, ImageSpec spec) {
    String inputs = there.labels().getOrDefault(ImageLabels.INPUTS, "");
    return Ingredients.find(spec, runtime, machine, cache)
        .filter(found ->
            bases
                .again(there.labels(), spec.base(), found.programs())
                .filter(base -> found.hash(base).value().equals(inputs))
                .isPresent())
        .isPresent();
  }
}
