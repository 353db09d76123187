package dev.mlops.loadtest;

import dev.mlops.loadtest.ResponseParser.Progress;

/** What stands between the chunks of a body: RFC 9112, section 7.1. */
final class ChunkedBody {
  private enum State {
    SIZE,
    EXTENSION,
    AFTER_DATA,
    TRAILER
  }

  private State state;
  private long size;
  private int digits;
  private long data;
  private int trailerLine;

  void start() {
    state = State.SIZE;
    size = 0;
    digits = 0;
    data = 0;
    trailerLine = 0;
  }

  /** Bytes of the body that come next; 0 if something else does. */
  long dataAhead() {
    return data;
  }

  void took(int bytes) {
    data -= bytes;
    if (data == 0) {
      state = State.AFTER_DATA;
    }
  }

  Progress readBetween(byte b) {
    return switch (state) {
      case SIZE -> readSize(b);
      case EXTENSION -> b == '\n' ? endSize() : Progress.MORE;
      case AFTER_DATA -> readAfterData(b);
      case TRAILER -> readTrailer(b);
    };
  }

  private Progress readSize(byte b) {
    int digit = Character.digit(b, 16);
    if (digit >= 0) {
      size = size * 16 + digit;
      return ++digits <= 15 ? Progress.MORE : Progress.MALFORMED;
    }
    return switch (b) {
      case '\r', ' ', '\t', ';' -> {
        state = State.EXTENSION;
        yield Progress.MORE;
      }
      case '\n' -> endSize();
      default -> Progress.MALFORMED;
    };
  }

  private Progress endSize() {
    if (digits == 0) {
      return Progress.MALFORMED;
    }
    state = size == 0 ? State.TRAILER : State.AFTER_DATA;
    data = size;
    size = 0;
    digits = 0;
    return Progress.MORE;
  }

  private Progress readAfterData(byte b) {
    if (b == '\n') {
      state = State.SIZE;
    }
    return b == '\n' || b == '\r' ? Progress.MORE : Progress.MALFORMED;
  }

  private Progress readTrailer(byte b) {
    if (b == '\n') {
      boolean empty = trailerLine == 0;
      trailerLine = 0;
      return empty ? Progress.DONE : Progress.MORE;
    }
    if (b != '\r') {
      trailerLine++;
    }
    return Progress.MORE;
  }
}
