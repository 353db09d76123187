package dev.mlops.service.serve;

import dev.mlops.service.artifact.ArtifactException;
import java.nio.file.Path;

/** The service can't start; the message says why. */
final class StartException extends RuntimeException {
  private static final int MIB = 1 << 20;

  StartException(String message) {
    super(message);
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What has kept a model from being loaded and tried. */
  static StartException of(Path model, Throwable cause) {
    if (isWantOfMemory(cause)) {
      return new StartException(
          "The model in %s does not fit into a heap of %d MiB: raise the container's memory limit, or java's -Xmx"
              .formatted(model, Runtime.getRuntime().maxMemory() / MIB),
          cause);
    }
    return switch (cause) {
      case StartException told -> told;
      case ArtifactException told -> new StartException(told.getMessage(), told);
      default -> new StartException("The model in " + model + " can't be used: " + cause, cause);
    };
  }

  /** Libraries that read a model by reflection wrap it in exceptions of their own. */
  private static boolean isWantOfMemory(Throwable cause) {
    for (Throwable deeper = cause; deeper != null; deeper = deeper.getCause()) {
      if (deeper instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }
}
