package dev.mlops.image;

import dev.mlops.platform.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An image that is there.
 *
 * @param digest of its manifest
 * @param sizeBytes what a first pull moves: the layers as they are stored, compressed
 * @param base which base it stands on and why, in one sentence
 * @param startTime from the start of the process until it is ready, measured on the machine that
 *     built it; absent where it could not be
 */
public record BuiltImage(
    Digest digest, long sizeBytes, List<Layer> layers, String base, Optional<Duration> startTime) {

  /**
   * @param name {@code base}, {@code runtime}, {@code libraries}, {@code service}, {@code aot} or
   *     {@code model}; several layers of one base share its name
   * @param sizeBytes compressed
   */
  public record Layer(String name, Digest digest, long sizeBytes) {}

  public BuiltImage {
    layers = List.copyOf(layers);
  }

  /** A size for people, in units of ten as registries have them. */
  public static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
