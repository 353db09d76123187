package dev.mlops.platform;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Where this platform takes images from. */
public interface Images {
  /** Reads only. */
  boolean has(Digest image) throws InterruptedException;

  /**
   * Brings an image to where the platform reads it.
   *
   * @param layout an OCI image layout on disk that holds the image
   */
  void publish(Path layout, Digest image, Consumer<String> progress) throws InterruptedException;

  /**
   * Brings an image that is here to a layout on disk, byte by byte what it was.
   *
   * @param layout an OCI image layout, replaced as a whole
   * @throws dev.mlops.problem.MlopsException if it is not here
   */
  void fetch(Digest image, Path layout, Consumer<String> progress) throws InterruptedException;

  /**
   * The content of a file in an image that is here; reads only.
   *
   * @param path absolute, or from the image's working folder
   * @return empty if the image has no such file
   * @throws dev.mlops.problem.MlopsException if the image is not here
   */
  Optional<byte[]> file(Digest image, String path) throws InterruptedException;

  /**
   * What a container names this image by.
   *
   * @param name the image's name as the config has it, such as {@code iris}
   */
  default String reference(String name, Digest image) {
    return name + "@" + image;
  }
}
