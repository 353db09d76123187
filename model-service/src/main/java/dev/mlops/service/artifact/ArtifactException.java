package dev.mlops.service.artifact;

/** An artifact that cannot be read; the message says which file and what is wrong with it. */
public final class ArtifactException extends RuntimeException {
  public ArtifactException(String message, Throwable cause) {
    super(message, cause);
  }
}
