package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.loadtest.ResponseParser.Progress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseParserTest {
  private static final String CHUNKED =
      """
      HTTP/1.1 200 OK
      TRANSFER-encoding: gzip, Chunked

      4;a=b
      Wiki
      0010
      0123456789abcdef
      0
      X: y

      """;

  private final ResponseParser parser = new ResponseParser();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
        "HTTP/1.1 200 OK\ncontent-length:5\nX-Content-Length: 9\n\nhello",
        "HTTP/1.1 200 OK\nConnection-Of-Old: close\nX: \nDate: Mon, 23 Nov 2026 16:00:00 GMT\nContent-Length: 1\n\nx",
        "HTTP/1.1 204 No Content\nConnection: keep-alive\n\n",
        "HTTP/1.1 304 \nContent-Length: 77\n\n",
        "HTTP/1.1 404\nContent-Length: 0\n\n",
        "HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nContent-Length: 1\n\nx",
        "HTTP/1.0 200 OK\nConnection: Keep-Alive\nContent-Length: 1\n\nx",
        CHUNKED
      })
  void readsResponsesInWhateverPieces(String lines) {
    byte[] response = wire(lines);
    for (int piece = 1; piece <= response.length; piece++) {
      parser.reset();
      for (int from = 0; from < response.length; from += piece) {
        int length = Math.min(piece, response.length - from);
        ByteBuffer in = ByteBuffer.wrap(response, from, length);
        Progress expected = from + length == response.length ? Progress.DONE : Progress.MORE;
        assertEquals(expected, parser.read(in), "pieces of " + piece + " at " + from);
        assertFalse(in.hasRemaining());
      }
      assertTrue(parser.keepsAlive());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\n",
        "HTTP/2 200 OK\n",
        "HTTP/1.1 2x0 OK\n",
        "HTTP/1.1 20\n",
        "HTTP/1.1 200 OK\nContent-Length: five\n\n",
        "HTTP/1.1 200 OK\nContent-Length: 5\nContent-Length: 6\n\n",
        "HTTP/1.1 200 OK\nContent-Length: 99999999999999999999\n\n",
        "HTTP/1.1 200 OK\nno colon\n\n",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nxyz\n",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n\n",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nabc\n"
      })
  void refusesWhatIsNoResponse(String lines) {
    parser.reset();
    assertEquals(Progress.MALFORMED, parser.read(ByteBuffer.wrap(wire(lines))));
  }

  @Test
  void takesNoMoreThanOneResponse() {
    parser.reset();
    ByteBuffer in = ByteBuffer.wrap(wire("HTTP/1.1 200 OK\nContent-Length: 2\n\nokHTTP/1.1 500"));
    assertEquals(Progress.DONE, parser.read(in));
    assertEquals("HTTP/1.1 500".length(), in.remaining());
  }

  @Test
  void theEndOfTheStreamEndsABodyWithoutALengthOnly() {
    read("HTTP/1.1 200 OK\n\nuntil the end");
    assertEquals(Progress.DONE, parser.atEndOfStream());
    assertFalse(parser.keepsAlive());
    read("HTTP/1.1 200 OK\nContent-Length: 50\n\ntoo short");
    assertEquals(Progress.MORE, parser.atEndOfStream());
  }

  @Test
  void knowsWhenTheConnectionIsOver() {
    read("HTTP/1.1 200 OK\nConnection: foo, Close\nContent-Length: 1\n\nx");
    assertFalse(parser.keepsAlive());
    read("HTTP/1.0 200 OK\nContent-Length: 1\n\nx");
    assertFalse(parser.keepsAlive());
  }

  @Test
  void readsHowLongToWait() {
    read("HTTP/1.1 429 Slow\nRetry-After: 120\nContent-Length: 0\n\n");
    assertEquals(120, parser.retryAfterSeconds());
    read("HTTP/1.1 503 Slow\nretry-after:7 \nContent-Length: 0\n\n");
    assertEquals(7, parser.retryAfterSeconds());
    read("HTTP/1.1 503 Slow\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\nContent-Length: 0\n\n");
    assertEquals(1, parser.retryAfterSeconds(), "a date, which is not worth reading");
    read("HTTP/1.1 503 Slow\nRetry-After: 99999999999999999999\nContent-Length: 0\n\n");
    assertEquals(86_400, parser.retryAfterSeconds());
    read("HTTP/1.1 503 Slow\nContent-Length: 0\n\n");
    assertEquals(-1, parser.retryAfterSeconds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1}", " \n [1, 2] \n", "1.5", "\"text\""})
  void takesJsonForJson(String body) {
    readJson(body);
    assertTrue(parser.bodyIsPlausible());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "<html></html>", "", "   ", "[{}"})
  void seesWhatIsNoJsonThoughItSaysSo(String body) {
    readJson(body);
    assertFalse(parser.bodyIsPlausible());
  }

  private void readJson(String body) {
    String wired = body.replace("\n", "\r\n");
    read(
        "HTTP/1.1 200 OK\nContent-Type: application/json;charset=UTF-8\nContent-Length: %d\n\n"
                .formatted(wired.length())
            + body);
  }

  private void read(String lines) {
    parser.reset();
    assertNotEquals(Progress.MALFORMED, parser.read(ByteBuffer.wrap(wire(lines))));
  }

  private static byte[] wire(String lines) {
    return lines.replace("\n", "\r\n").getBytes(UTF_8);
  }
}
