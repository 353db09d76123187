package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.telemetry.Tally;
import dev.mlops.service.trace.Tracing;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Bytes that resemble requests. However they are cut into pieces, they are answered in the same
 * way; every answer is whole; all memory comes back; nothing throws. A long run: {@code ./mvnw -pl
 * model-service test -Dtest=HttpFuzzTest -Dfuzz.streams=20000000 -Dfuzz.seed=N}.
 */
final class HttpFuzzTest {
  private static final int STREAMS = Integer.getInteger("fuzz.streams", 40_000);
  private static final Pattern ANSWER =
      Pattern.compile("HTTP/1\\.1 (\\d{3}) [^\\r]+\\r\\n(?:[A-Za-z-]+: [^\\r\\n]+\\r\\n)*\\r\\n");
  private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n");
  private static final String CHUNKS = "5\r\nhello\r\na;x=1\r\n0123456789\r\n0\r\nX: y\r\n\r\n";
  private static final List<String> SEEDS =
      List.of(
          "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
          "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
          "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS,
          "GET /read HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, x\r\n\r\n",
          "GET /read?q=1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
          "GET http://x/read HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
          "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab",
          "DELETE /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
  private static final List<String> PARTS =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\r\n\r\n",
          " ",
          "\t",
          ":",
          "\0",
          "0",
          "-1",
          "+5",
          "0x5",
          "5, 5",
          "99999999999999999999",
          "Content-Length: 4\r\n",
          "Content-Length : 4\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: xchunked\r\n",
          "chunked, chunked",
          "Host: y\r\n",
          "HTTP/1.0",
          "HTTP/2.0",
          "HTTP/1.1",
          "GET",
          "POST",
          ";",
          "fffffffff\r\n",
          " folded\r\n",
          "Expect: tea\r\n",
          "\u00ff",
          "GET /read HTTP/1.1\r\nHost: x\r\n\r\n");

  private final JsonLog log = new JsonLog(OutputStream.nullOutputStream());
  private final Routes routes = routes();

  @Test
  void answersTheSameHoweverItIsCut() {
    long seed = Long.getLong("fuzz.seed", 7L);
    SplittableRandom random = new SplittableRandom(seed);
    int answered = 0;
    for (int i = 0; i < STREAMS; i++) {
      byte[] stream = stream(random).getBytes(ISO_8859_1);
      String whole = serve(stream, List.of(stream.length));
      String pieces = serve(stream, cuts(stream.length, random));
      assertEquals(whole, pieces, () -> new String(stream, ISO_8859_1));
      answered += check(whole);
    }
    assertTrue(answered > STREAMS / 2, answered + " were answered by 200");
  }

  private static Routes routes() {
    Route echo = Route.post("/echo", HttpFuzzTest::echo);
    Route read = Route.get("/read", HttpFuzzTest::echo);
    Routes made = new Routes(List.of(echo, read), Route.nowhere());
    new RequestMetrics(1).open(made);
    return made;
  }

  private static void echo(Request request, Response response) {
    response.body().append(request.bytes(), request.bodyFrom(), request.bodyLength());
    response.send(Status.OK, Content.JSON);
  }

  private static String stream(SplittableRandom random) {
    StringBuilder stream = new StringBuilder();
    for (int count = random.nextInt(1, 4); count > 0; count--) {
      stream.append(SEEDS.get(random.nextInt(SEEDS.size())));
    }
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(stream.length());
      int end = Math.min(stream.length(), at + random.nextInt(12));
      String part = PARTS.get(random.nextInt(PARTS.size()));
      switch (random.nextInt(5)) {
        case 0 -> stream.insert(at, part);
        case 1 -> stream.replace(at, end, part);
        case 2 -> stream.delete(at, Math.max(end, at + 1));
        case 3 -> stream.insert(at, stream.substring(at, end));
        default -> stream.setCharAt(at, (char) random.nextInt(256));
      }
      if (stream.isEmpty()) {
        return part;
      }
    }
    return stream.toString();
  }

  private static List<Integer> cuts(int length, SplittableRandom random) {
    List<Integer> cuts = new ArrayList<>();
    int most = random.nextBoolean() ? 2 : 40;
    for (int at = 0; at < length; ) {
      int size = Math.min(length - at, random.nextInt(1, most));
      cuts.add(size);
      at += size;
    }
    return cuts;
  }

  /** What comes back, without waiting for anything: dates are those of the worker's start. */
  private String serve(byte[] stream, List<Integer> cuts) {
    Worker worker =
        new Worker(
            0,
            routes,
            new AccessLog(log, Tracing.logged(0).tracer()),
            new Tally(1),
            Duration.ofDays(1));
    worker.woken(System.nanoTime());
    Phase phase = new Phase(Patience.usual(), System.nanoTime());
    Input input = new Input(worker.budget());
    Dialogue dialogue = new Dialogue(worker, phase, input, false, Runnable::run);
    int at = 0;
    for (int size : cuts) {
      byte[] piece = new byte[size];
      System.arraycopy(stream, at, piece, 0, size);
      at += size;
      if (!phase.isEnding()) {
        assertTrue(input.add(piece, size));
        while (phase.isOpen() && dialogue.step()) {
          // the next
        }
        assertTrue(input.keep());
      }
    }
    dialogue.end();
    input.release();
    assertTrue(worker.budget().take(Limits.BODIES_BYTES), "memory was not given back");
    assertEquals(0, worker.inFlight().get(0));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(worker.outbox().bytes().array(), 0, worker.outbox().bytes().length());
    return out.toString(ISO_8859_1).replaceAll("Date: [^\r]+", "Date: now");
  }

  /** Whether it is a row of whole answers, and the last alone ends the connection. */
  private static int check(String answers) {
    int good = 0;
    int at = 0;
    boolean closed = false;
    Matcher answer = ANSWER.matcher(answers);
    while (at < answers.length()) {
      assertTrue(answer.find(at) && answer.start() == at && !closed, answers);
      String head = answer.group();
      closed = head.contains("\r\nConnection: close\r\n");
      at = answer.end();
      if (!answer.group(1).equals("100")) {
        Matcher length = LENGTH.matcher(head);
        assertTrue(length.find(), head);
        at += Integer.parseInt(length.group(1));
      }
      good += answer.group(1).equals("200") ? 1 : 0;
    }
    assertEquals(answers.length(), at);
    return good;
  }
}
