package dev.mlops.loadtest;

import java.nio.ByteBuffer;

/**
 * Reads HTTP/1.1 responses as they come in, in whatever pieces, and keeps none of their bytes (RFC
 * 9112). One for each connection; nothing is allocated while reading.
 */
final class ResponseParser {
  /** How far a response is. */
  enum Progress {
    MORE,
    DONE,
    MALFORMED
  }

  private enum State {
    STATUS_LINE,
    HEADERS,
    BODY_OF_LENGTH,
    BODY_UNTIL_CLOSE,
    BODY_CHUNKED,
    DONE
  }

  private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/', '1', '.'};
  private static final int LONGEST_LINE = 65_536;

  private final ResponseHeaders headers = new ResponseHeaders();
  private final ChunkedBody chunks = new ChunkedBody();
  private State state = State.STATUS_LINE;
  private int linePosition;
  private int status;
  private long remaining;
  private byte firstOfBody;
  private byte lastOfBody;
  private BodyMatch wanted;
  private int matched;

  /**
   * @param bodyMatch what to look for in the body; null for nothing
   */
  void expect(BodyMatch bodyMatch) {
    reset();
    wanted = bodyMatch;
  }

  void reset() {
    matched = 0;
    state = State.STATUS_LINE;
    linePosition = 0;
    status = 0;
    headers.reset();
    firstOfBody = 0;
    lastOfBody = 0;
  }

  /** Takes what is in the buffer, at most up to the response's end. */
  Progress read(ByteBuffer in) {
    while (in.hasRemaining() && state != State.DONE) {
      boolean wellFormed =
          switch (state) {
            case STATUS_LINE -> readStatusLine(in.get());
            case HEADERS -> readHeaders(in);
            case BODY_OF_LENGTH -> readBody(in);
            case BODY_UNTIL_CLOSE -> skipBody(in, in.remaining());
            case BODY_CHUNKED -> readChunks(in);
            case DONE -> true;
          };
      if (!wellFormed) {
        return Progress.MALFORMED;
      }
    }
    return state == State.DONE ? Progress.DONE : Progress.MORE;
  }

  /** The server has closed: whether that ended the response as it should. */
  Progress atEndOfStream() {
    return state == State.BODY_UNTIL_CLOSE ? Progress.DONE : Progress.MORE;
  }

  /** Of the response read last. */
  int status() {
    return status;
  }

  /** How long the server asks to wait, or -1 if it does not say. */
  long retryAfterSeconds() {
    return headers.retryAfterSeconds();
  }

  /** Whether the connection may be used again. */
  boolean keepsAlive() {
    return headers.keepsAlive() && state == State.DONE;
  }

  /** Whether the body is what its Content-Type says, as far as its two ends show. */
  boolean bodyIsPlausible() {
    if (!headers.saysJson()) {
      return true;
    }
    return switch (firstOfBody) {
      case 0 -> status == 204;
      case '{' -> lastOfBody == '}';
      case '[' -> lastOfBody == ']';
      case '<' -> false;
      default -> true;
    };
  }

  /** Whether what was looked for stood in the body. */
  boolean bodyHasWanted() {
    return wanted == null || wanted.found(matched);
  }

  private boolean readStatusLine(byte b) {
    int position = linePosition++;
    if (b == '\n') {
      state = State.HEADERS;
      return position > 11 && status >= 100;
    }
    if (position < VERSION.length) {
      return b == VERSION[position];
    }
    if (position == 7) {
      headers.version(b - '0');
      return b == '0' || b == '1';
    }
    if (position == 8) {
      return b == ' ';
    }
    if (position <= 11) {
      status = status * 10 + (b - '0');
      return b >= '0' && b <= '9';
    }
    return position < LONGEST_LINE;
  }

  private boolean readHeaders(ByteBuffer in) {
    return switch (headers.read(in)) {
      case MORE -> true;
      case DONE -> {
        beginBody();
        yield true;
      }
      case MALFORMED -> false;
    };
  }

  private void beginBody() {
    if (status < 200) {
      reset(); // An interim answer: the real one follows.
    } else if (status == 204 || status == 304) {
      state = State.DONE;
    } else if (headers.chunked()) {
      chunks.start();
      state = State.BODY_CHUNKED;
    } else if (headers.contentLength() >= 0) {
      remaining = headers.contentLength();
      state = remaining == 0 ? State.DONE : State.BODY_OF_LENGTH;
    } else {
      state = State.BODY_UNTIL_CLOSE;
    }
  }

  private boolean readBody(ByteBuffer in) {
    int here = (int) Math.min(remaining, in.remaining());
    skipBody(in, here);
    remaining -= here;
    if (remaining == 0) {
      state = State.DONE;
    }
    return true;
  }

  private boolean readChunks(ByteBuffer in) {
    long data = chunks.dataAhead();
    if (data > 0) {
      int here = (int) Math.min(data, in.remaining());
      skipBody(in, here);
      chunks.took(here);
      return true;
    }
    return switch (chunks.readBetween(in.get())) {
      case MORE -> true;
      case DONE -> {
        state = State.DONE;
        yield true;
      }
      case MALFORMED -> false;
    };
  }

  private boolean skipBody(ByteBuffer in, int length) {
    int start = in.position();
    int end = start + length;
    if (wanted != null) {
      matched = wanted.search(matched, in, start, end);
    }
    for (int i = start; i < end && firstOfBody == 0; i++) {
      firstOfBody = isSpace(in.get(i)) ? 0 : in.get(i);
    }
    int last = end - 1;
    while (last >= start && isSpace(in.get(last))) {
      last--;
    }
    if (last >= start) {
      lastOfBody = in.get(last);
    }
    in.position(end);
    return true;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
