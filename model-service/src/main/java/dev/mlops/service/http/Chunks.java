package dev.mlops.service.http;

/**
 * Takes a body in chunks apart, as it comes: RFC 9112, 7.1. The chunks' content is moved together
 * where it lies. Places are relative to where the request begins.
 */
final class Chunks {
  private static final int SIZE_DIGITS = 8;
  private static final int LINE_BYTES = 1024;

  private State state = State.SIZE;
  private int at;
  private int content;
  private int left;
  private int digits;
  private int line;
  private Fault fault;

  private enum State {
    SIZE,
    EXTENSION,
    SIZE_END,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILER_START,
    TRAILER,
    TRAILER_LF,
    LAST_LF,
    DONE,
    BROKEN
  }

  /** Begins with another body. */
  void begin(int place) {
    state = State.SIZE;
    at = place;
    content = place;
    left = 0;
    digits = 0;
    line = 0;
    fault = null;
  }

  /**
   * Goes on with what has come.
   *
   * @param from where the request begins
   */
  void read(byte[] bytes, int from, int to) {
    while (from + at < to && state != State.DONE && state != State.BROKEN) {
      if (state == State.DATA) {
        data(bytes, from, to);
      } else {
        state = next(bytes[from + at]);
        at++;
      }
    }
  }

  boolean isDone() {
    return state == State.DONE;
  }

  /** Why it can't be read, or null. */
  Fault fault() {
    return fault;
  }

  /** Where the content ends, all of it together. */
  int contentTo() {
    return content;
  }

  /** How many bytes stand between the content and what is not yet read: of no more use. */
  int waste() {
    return at - content;
  }

  /** The waste has been cut out. */
  void cut() {
    at = content;
  }

  private void data(byte[] bytes, int from, int to) {
    int count = Math.min(left, to - from - at);
    System.arraycopy(bytes, from + at, bytes, from + content, count);
    at += count;
    content += count;
    left -= count;
    state = left == 0 ? State.DATA_CR : State.DATA;
  }

  private State next(byte letter) {
    return switch (state) {
      case SIZE -> size(letter);
      case EXTENSION -> letter == '\r' ? State.SIZE_END : inLine(letter, State.EXTENSION);
      case SIZE_END -> expect(letter, '\n', left == 0 ? State.TRAILER_START : State.DATA);
      case DATA_CR -> expect(letter, '\r', State.DATA_LF);
      case DATA_LF -> {
        digits = 0;
        yield expect(letter, '\n', State.SIZE);
      }
      case TRAILER_START -> letter == '\r' ? State.LAST_LF : inLine(letter, State.TRAILER);
      case TRAILER -> letter == '\r' ? State.TRAILER_LF : inLine(letter, State.TRAILER);
      case TRAILER_LF -> expect(letter, '\n', State.TRAILER_START);
      case LAST_LF -> expect(letter, '\n', State.DONE);
      case DATA, DONE, BROKEN -> throw new IllegalStateException(state.name());
    };
  }

  private State size(byte letter) {
    int digit = Character.digit(letter, 16);
    if (digit >= 0 && digits < SIZE_DIGITS - 1) {
      left = left * 16 + digit;
      digits++;
      return State.SIZE;
    }
    if (digit >= 0) {
      return broken(Fault.BODY_TOO_LARGE);
    }
    if (digits == 0) {
      return broken(Fault.BAD_REQUEST);
    }
    return switch (letter) {
      case '\r' -> State.SIZE_END;
      case ';' -> State.EXTENSION;
      default -> broken(Fault.BAD_REQUEST);
    };
  }

  private State inLine(byte letter, State same) {
    line++;
    if (line > LINE_BYTES) {
      return broken(Fault.HEADERS_TOO_LARGE);
    }
    return Ascii.isValue(letter) ? same : broken(Fault.BAD_REQUEST);
  }

  private State expect(byte letter, char expected, State then) {
    return letter == expected ? then : broken(Fault.BAD_REQUEST);
  }

  private State broken(Fault why) {
    fault = why;
    return State.BROKEN;
  }
}
