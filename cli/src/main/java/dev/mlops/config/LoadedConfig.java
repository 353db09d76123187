package dev.mlops.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;

/**
 * A config without problems, and where it comes from.
 *
 * @param file absolute
 * @param environment the one that is in force; {@link ConfigLoader#NO_ENVIRONMENT} if none is
 * @param origins of every key that somebody set, by its path, such as {@code model.gate.accuracy}
 */
public record LoadedConfig(
    MlopsConfig config, Path file, String environment, Map<String, Origin> origins) {
  public LoadedConfig {
    origins = Map.copyOf(origins);
  }

  /** The folder that the config's relative paths start from. */
  public Path project() {
    return requireNonNull(file.getParent(), "file is not absolute");
  }

  /** A path of the config, absolute. */
  public Path resolve(Path path) {
    return project().resolve(path).normalize();
  }

  public Origin origin(String key) {
    return origins.getOrDefault(key, new Origin.Default());
  }
}
