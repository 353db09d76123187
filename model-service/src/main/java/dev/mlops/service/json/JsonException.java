package dev.mlops.service.json;

/** A document that is not what was expected; the message names the place. */
public final class JsonException extends RuntimeException {
  JsonException(String message) {
    super(message);
  }

  JsonException(String message, Throwable cause) {
    super(message, cause);
  }
}
