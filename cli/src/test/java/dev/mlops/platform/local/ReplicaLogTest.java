package dev.mlops.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaLogTest {
  @TempDir Path folder;

  @Test
  void rotatesAndForgetsTheOldest() throws IOException {
    Path file = folder.resolve("a.log");
    var log = new ReplicaLog(file, 300, Clock.systemUTC());
    for (int i = 0; i < 100; i++) {
      log.write("line " + i);
    }
    log.close();
    for (int number = 0; number < ReplicaLog.FILES; number++) {
      assertTrue(Files.size(ReplicaLog.rotated(file, number)) < 400);
    }
    assertFalse(Files.exists(ReplicaLog.rotated(file, ReplicaLog.FILES)));
    try (var reader = new LogReader(folder, "a")) {
      List<String> texts =
          reader.last(1000, Instant.MIN).stream().map(LogReader.Entry::text).toList();
      int first = 100 - texts.size();
      assertTrue(first > 50, "the oldest are gone: " + texts.size());
      assertEquals(IntStream.range(first, 100).mapToObj(i -> "line " + i).toList(), texts);
      assertEquals(List.of("line 98", "line 99"), texts(reader.last(2, Instant.MIN)));
    }
  }

  @Test
  void isFollowedAcrossRotations() {
    var log = new ReplicaLog(folder.resolve("a.log"), 200, Clock.systemUTC());
    try (var reader = new LogReader(folder, "a")) {
      assertEquals(List.of(), reader.last(10, Instant.MIN));
      for (int i = 0; i < 20; i++) {
        log.write("line " + i);
        log.flush();
        assertEquals(List.of("line " + i), texts(reader.more()));
      }
    }
  }

  @Test
  void readsOnlyWhatIsYoungEnough() {
    var early = new ReplicaLog(folder.resolve("a.log"), 9999, at("2026-01-01T00:00:00Z"));
    early.write("early");
    early.close();
    var late = new ReplicaLog(folder.resolve("a.log"), 9999, at("2026-01-01T00:01:00Z"));
    late.write("late");
    late.close();
    try (var reader = new LogReader(folder, "a")) {
      assertEquals(List.of("late"), texts(reader.last(9, Instant.parse("2026-01-01T00:00:30Z"))));
    }
  }

  @Test
  void cutsOutputIntoLinesOfABoundedLength() {
    var log = new ReplicaLog(folder.resolve("a.log"), 10_000_000, Clock.systemUTC());
    String output = "one\r\n\ntwo é\n" + "x".repeat(70_000) + "\nlast";
    new LinePump(new ByteArrayInputStream(output.getBytes(UTF_8)), log).run();
    assertEquals(
        List.of("one", "", "two é", "x".repeat(65_536), "x".repeat(70_000 - 65_536), "last"),
        log.tail());
  }

  @Test
  void losesLinesRatherThanTheReplicaWhenTheDiskFails() throws IOException {
    Path notAFolder = Files.createFile(folder.resolve("occupied"));
    var log = new ReplicaLog(notAFolder.resolve("a.log"), 100, Clock.systemUTC());
    log.write("one");
    log.write("two");
    assertEquals(2, log.lost());
    assertEquals(List.of("one", "two"), log.tail());
  }

  @Test
  void keepsTheLogsInUseAndTheLatestOthers() throws IOException {
    for (int i = 0; i < 8; i++) {
      Path file = Files.writeString(folder.resolve("r" + i + ".log"), "x");
      assertTrue(file.toFile().setLastModified(1_000_000L * (i + 1)));
    }
    Files.writeString(folder.resolve("r1.log.1"), "x");
    ReplicaLog.prune(folder, Set.of("r0"));
    try (var files = Files.list(folder)) {
      assertEquals(
          List.of("r0.log", "r4.log", "r5.log", "r6.log", "r7.log"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  private static List<String> texts(List<LogReader.Entry> entries) {
    return entries.stream().map(LogReader.Entry::text).toList();
  }

  private static Clock at(String instant) {
    return Clock.fixed(Instant.parse(instant), java.time.ZoneOffset.UTC);
  }
}
