package dev.mlops.loadtest;

import dev.mlops.loadtest.ResponseParser.Progress;
import java.nio.ByteBuffer;

/** The few headers that say where a response ends and what becomes of its connection. */
final class ResponseHeaders {
  private static final Words NAMES =
      new Words("content-length", "transfer-encoding", "connection", "content-type", "retry-after");
  private static final int CONTENT_LENGTH = 0;
  private static final int TRANSFER_ENCODING = 1;
  private static final int CONNECTION = 2;
  private static final int CONTENT_TYPE = 3;
  private static final int RETRY_AFTER = 4;

  private static final Words VALUES =
      new Words("chunked", "close", "keep-alive", "application/json");
  private static final int CHUNKED = 0;
  private static final int CLOSE = 1;
  private static final int KEEP_ALIVE = 2;
  private static final int JSON = 3;

  private static final int MOST_BYTES = 65_536;

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long LINE_FEEDS = ONES * '\n';

  private static final long NOT_SAID = -1;

  /** A date, the other form that it may have: it is taken for a second. */
  private static final long NO_NUMBER = -2;

  private static final long MOST_SECONDS = 86_400;

  private final Words.Match name = NAMES.new Match();
  private final Words.Match value = VALUES.new Match();
  private boolean inValue;
  private int header;
  private int bytes;
  private long contentLength;
  private long lengthOfLine;
  private long retryAfter;
  private boolean chunked;
  private boolean keepAlive;
  private boolean json;

  void reset() {
    inValue = false;
    bytes = 0;
    contentLength = -1;
    retryAfter = NOT_SAID;
    chunked = false;
    keepAlive = true;
    json = false;
    name.start();
  }

  /** HTTP/1.0 closes unless it says that it does not. */
  void version(int minor) {
    keepAlive = minor > 0;
  }

  /** Takes what is in the buffer, at most up to the end of the headers. */
  Progress read(ByteBuffer in) {
    int start = in.position();
    Progress progress = Progress.MORE;
    while (progress == Progress.MORE && in.hasRemaining()) {
      if (!inValue) {
        progress = readName(in);
      } else if (header == Words.NONE) {
        progress = skipValue(in);
      } else {
        progress = readValue(in.get());
      }
    }
    bytes += in.position() - start;
    return bytes > MOST_BYTES ? Progress.MALFORMED : progress;
  }

  /** Of a header that says nothing of use, as most do. */
  private Progress skipValue(ByteBuffer in) {
    int end = lineEnd(in);
    if (end == in.limit()) {
      in.position(end);
      return Progress.MORE;
    }
    in.position(end + 1);
    return endLine();
  }

  /** Eight bytes at a time: a byte of 0 is found in what differs from a line feed. */
  private static int lineEnd(ByteBuffer in) {
    int i = in.position();
    for (; i <= in.limit() - Long.BYTES; i += Long.BYTES) {
      long difference = in.getLong(i) ^ LINE_FEEDS;
      if (((difference - ONES) & ~difference & HIGH_BITS) != 0) {
        break;
      }
    }
    while (i < in.limit() && in.get(i) != '\n') {
      i++;
    }
    return i;
  }

  private Progress readName(ByteBuffer in) {
    byte b = in.get();
    switch (b) {
      case '\r' -> {
        return name.isEmpty() ? Progress.MORE : Progress.MALFORMED;
      }
      case '\n' -> {
        return name.isEmpty() ? Progress.DONE : Progress.MALFORMED;
      }
      case ':' -> {
        header = name.word();
        inValue = true;
        lengthOfLine = -1;
        value.start();
      }
      default -> {
        name.add(b);
        if (!name.isPossible()) {
          skipName(in);
        }
      }
    }
    return Progress.MORE;
  }

  private static void skipName(ByteBuffer in) {
    int i = in.position();
    while (i < in.limit() && in.get(i) != ':' && in.get(i) != '\r' && in.get(i) != '\n') {
      i++;
    }
    in.position(i);
  }

  private Progress readValue(byte b) {
    switch (b) {
      case ' ', '\t', '\r', ',', ';' -> endToken();
      case '\n' -> {
        endToken();
        return endLine();
      }
      default -> {
        value.add(b);
        if (header == CONTENT_LENGTH) {
          return addDigit(b);
        }
        if (header == RETRY_AFTER) {
          addSeconds(b);
        }
      }
    }
    return Progress.MORE;
  }

  private Progress addDigit(byte b) {
    boolean tooLong = lengthOfLine > Long.MAX_VALUE / 100;
    lengthOfLine = Math.max(0, lengthOfLine) * 10 + (b - '0');
    return b >= '0' && b <= '9' && !tooLong ? Progress.MORE : Progress.MALFORMED;
  }

  private void addSeconds(byte b) {
    boolean digit = b >= '0' && b <= '9' && retryAfter != NO_NUMBER;
    retryAfter =
        digit ? Math.min(MOST_SECONDS, Math.max(0, retryAfter) * 10 + (b - '0')) : NO_NUMBER;
  }

  private void endToken() {
    if (value.isEmpty()) {
      return;
    }
    switch (value.word()) {
      case CHUNKED -> chunked |= header == TRANSFER_ENCODING;
      case CLOSE -> keepAlive &= header != CONNECTION;
      case KEEP_ALIVE -> keepAlive |= header == CONNECTION;
      case JSON -> json |= header == CONTENT_TYPE;
      default -> {}
    }
    value.start();
  }

  /** Two lengths that differ leave the response's end open: RFC 9112, section 6.3. */
  private Progress endLine() {
    boolean contradiction =
        header == CONTENT_LENGTH && contentLength >= 0 && contentLength != lengthOfLine;
    if (header == CONTENT_LENGTH) {
      contentLength = lengthOfLine;
    }
    inValue = false;
    name.start();
    return contradiction ? Progress.MALFORMED : Progress.MORE;
  }

  /** -1 if the server did not say. */
  long contentLength() {
    return contentLength;
  }

  /** -1 if the server did not say. */
  long retryAfterSeconds() {
    return retryAfter == NO_NUMBER ? 1 : retryAfter;
  }

  boolean chunked() {
    return chunked;
  }

  boolean keepsAlive() {
    return keepAlive;
  }

  boolean saysJson() {
    return json;
  }
}
