package dev.mlops.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.Jobs.Line;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Jobs} keeps. */
public abstract class JobsContract {
  private static final Jobs.Room ROOM =
      new Jobs.Room(
          Map.of("cpu", "50m"), Map.of("memory", "256Mi"), Optional.empty(), Duration.ofMinutes(2));

  protected abstract PlatformUnderTest open() throws Exception;

  protected static Jobs.Spec job(Digest image, int copies, String... actions) {
    return new Jobs.Spec(
        "tiny-job", image, List.of(actions), Map.of("WORD", "hello"), copies, ROOM);
  }

  @Test
  void everyCopyRunsToItsEndAndAllItsLinesArrive() throws Exception {
    try (var test = open()) {
      var job = job(test.published("one").digest(), 3, "say=$(WORD)", "sleep=300", "say=bye");
      List<Line> lines = new ArrayList<>();
      try (var running = test.platform().jobs().start(job, _ -> {})) {
        running.follow(lines::add);
      }
      lines.sort(Comparator.comparingInt(Line::copy)); // stable: each copy's own order stays
      assertEquals(
          List.of(
              new Line(0, "hello 0"),
              new Line(0, "bye 0"),
              new Line(1, "hello 1"),
              new Line(1, "bye 1"),
              new Line(2, "hello 2"),
              new Line(2, "bye 2")),
          lines);
    }
  }

  @Test
  void aCopyThatFailsIsToldAfterItsLastLine() throws Exception {
    try (var test = open()) {
      var job = job(test.published("one").digest(), 1, "say=no such column", "exit=3");
      List<Line> lines = new ArrayList<>();
      try (var running = test.platform().jobs().start(job, _ -> {})) {
        var thrown = assertThrows(MlopsException.class, () -> running.follow(lines::add));
        assertEquals(Code.JOB_FAILED, thrown.problem().code());
        assertTrue(thrown.problem().why().contains("exit code 3"), thrown.problem().why());
      }
      assertEquals(List.of(new Line(0, "no such column 0")), lines);
    }
  }

  @Test
  void filesAreFetchedFromACopyThatOffersThem() throws Exception {
    try (var test = open()) {
      Path into = test.folder().resolve("fetched");
      var job = job(test.published("one").digest(), 1, "write=result", "offer=result");
      try (var running = test.platform().jobs().start(job, _ -> {})) {
        running.follow(line -> !line.text().equals("offering"));
        running.fetch(0, "result", into);
        assertEquals("x".repeat(1 << 20), Files.readString(into));
        var thrown = assertThrows(MlopsException.class, () -> running.fetch(0, "nothing", into));
        assertEquals(Code.JOB_RESULT, thrown.problem().code());
      }
    }
  }

  @Test
  void eachCopyThatListensCanBeSpokenTo() throws Exception {
    try (var test = open()) {
      var job = job(test.published("one").digest(), 2, "echo=1");
      try (var running = test.platform().jobs().start(job, _ -> {})) {
        var listening = new ArrayList<Integer>();
        running.follow(line -> {
          listening.add(line.copy());
          return listening.size() < 2;
        });
        for (int copy = 0; copy < 2; copy++) {
          try (var channel = running.connect(copy, Duration.ofSeconds(20))) {
            channel.out().write(("hello " + copy + "\n").getBytes(UTF_8));
            channel.out().flush();
            assertEquals("hello " + copy, new String(channel.in().readNBytes(7), UTF_8));
          }
        }
      }
    }
  }

  @Test
  void closingEndsWhatStillRunsAndLeavesNothing() throws Exception {
    try (var test = open()) {
      var job = job(test.published("one").digest(), 2, "say=on", "sleep=60000", "say=never");
      List<Line> lines = new ArrayList<>();
      try (var running = test.platform().jobs().start(job, _ -> {})) {
        running.follow(line -> {
          lines.add(line);
          return false;
        });
      }
      assertEquals(1, lines.size());
      assertFalse(
          test.platform().ownership().owned().stream()
              .anyMatch(owned -> owned.kind().equals("Job") || owned.kind().equals("process")));
    }
  }

  @Test
  void whatTheListenerThrowsComesThrough() throws Exception {
    try (var test = open()) {
      var job = job(test.published("one").digest(), 1, "say=stop", "sleep=60000");
      try (var running = test.platform().jobs().start(job, _ -> {})) {
        assertThrows(
            IllegalStateException.class,
            () ->
                running.follow(line -> {
                  throw new IllegalStateException(line.text());
                }));
      }
    }
  }
}
