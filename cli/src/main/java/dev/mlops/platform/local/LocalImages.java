package dev.mlops.platform.local;

import dev.mlops.image.FileTree;
import dev.mlops.image.OciLayout;
import dev.mlops.platform.Digest;
import dev.mlops.platform.Images;
import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Images as folders of files, one for each digest. */
record LocalImages(LocalFolder folder) implements Images {
  /** The one that runs, the one before it, and one more to go back to. */
  private static final int KEPT = 3;

  @Override
  public boolean has(Digest image) {
    return UnpackedImage.isWhole(folder.image(image));
  }

  @Override
  public void publish(Path layout, Digest image, Consumer<String> progress)
      throws InterruptedException {
    if (has(image)) {
      return;
    }
    var source = OciLayout.open(layout);
    if (!source.digest().equals(image)) {
      throw Code.LOCAL_IMAGE.problem(
          "The image in " + layout + " is another one than asked for",
          "It is " + source.digest().brief() + ", not " + image.brief() + ".",
          "mlops build");
    }
    progress.accept("unpacking " + image.brief());
    Path target = folder.image(image);
    try {
      Files.createDirectories(target);
    } catch (IOException e) {
      throw DiskFaults.writing(target, e);
    }
    source.copyTo(UnpackedImage.layout(target));
    source.unpack(UnpackedImage.rootfs(target));
    UnpackedImage.writeConfig(target, source.config());
  }

  @Override
  public void fetch(Digest image, Path layout, Consumer<String> progress) {
    layout(image).copyTo(layout);
  }

  @Override
  public Optional<byte[]> file(Digest image, String path) {
    return layout(image).file(path);
  }

  private OciLayout layout(Digest image) {
    if (!has(image)) {
      throw UnpackedImage.missing(image, folder.image(image));
    }
    return OciLayout.open(UnpackedImage.layout(folder.image(image)));
  }

  /** Removes the images that were published longest ago, but never the one that shall run. */
  void prune() {
    String inUse = SavedState.read(folder).map(s -> s.desired().release().image().hex()).orElse("");
    try (Stream<Path> images = Files.list(folder.images())) {
      List<Path> old =
          images
              .sorted(Comparator.comparingLong(LocalImages::published).reversed())
              .skip(KEPT)
              .filter(image -> !image.endsWith(inUse))
              .toList();
      for (Path image : old) {
        Files.deleteIfExists(image.resolve("image.json"));
        FileTree.delete(image);
      }
    } catch (IOException e) {
      // They are only in the way; the next deployment tries again.
    }
  }

  private static long published(Path image) {
    return image.toFile().lastModified();
  }
}
