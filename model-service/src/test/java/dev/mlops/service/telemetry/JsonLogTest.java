package dev.mlops.service.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class JsonLogTest {
  @Test
  void writesOneObjectALine() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonLog log = new JsonLog(out)) {
      log.log(Severity.INFO, "two\nlines and a \"quote\"");
      log.log(Severity.ERROR, "facts", Optional.empty(), Map.of("status", 500));
    }
    String[] lines = out.toString(UTF_8).split("\n", -1);
    assertEquals(3, lines.length);
    Json first = Json.parse(lines[0].getBytes(UTF_8), "line");
    assertEquals("two\nlines and a \"quote\"", first.get("message").text());
    assertEquals(500, Json.parse(lines[1].getBytes(UTF_8), "line").get("status").count());
  }

  @Test
  void dropsAndCountsWhatNobodyReads() {
    CountDownLatch reading = new CountDownLatch(1);
    try (JsonLog log = new JsonLog(blockedUntil(reading))) {
      for (int i = 0; i < 5_000; i++) {
        log.log(Severity.INFO, "x".repeat(100));
      }
      MetricsPage page = new MetricsPage();
      log.writeTo(page);
      String text = new String(page.bytes(), UTF_8);
      long dropped = Long.parseLong(text.substring(text.lastIndexOf(' ') + 1).strip());
      assertTrue(dropped > 3_000 && dropped < 5_000, text);
      reading.countDown();
    }
  }

  private static OutputStream blockedUntil(CountDownLatch latch) {
    return new OutputStream() {
      @Override
      public void write(int one) {
        try {
          latch.await();
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }
}
