package dev.mlops.platform.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ProcessesTest {
  @Test
  void aStartIsToldByAClockThatNobodySets() throws Exception {
    Path uptime = Path.of("/proc/uptime");
    assumeTrue(Files.exists(uptime), "Linux alone has such a clock to look at");
    long start = Processes.startOf(ProcessHandle.current());

    double seconds = Double.parseDouble(Files.readString(uptime).split(" ", -1)[0]);
    assertTrue(start > 0 && start <= (seconds + 1) * 100, start + " of " + seconds + " s");
    assertEquals(start, Processes.startOf(ProcessHandle.current()));
  }

  @Test
  void whatHasEndedIsNotAliveThoughNobodyTookNote() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    assertFalse(Processes.isAlive(process.toHandle()));
    assertTrue(Processes.isAlive(ProcessHandle.current()));
  }
}
