package dev.mlops.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentLockTest {
  @TempDir Path folder;

  /** Takes the lock in a process of its own and holds it until its input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      try (var _ = EnvironmentLock.acquire(Path.of(args[0]), "mlops deploy")) {
        System.out.println("held");
        System.out.flush();
        int _ = System.in.read();
      }
    }
  }

  @Test
  void namesTheProcessThatHoldsItAndIsFreeWhenThatIsKilled() throws Exception {
    Path file = folder.resolve("new/lock");
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                file.toString())
            .start();
    try (var said = holder.inputReader(UTF_8)) {
      assertEquals("held", said.readLine());
      var busy =
          assertThrows(MlopsException.class, () -> EnvironmentLock.acquire(file, "mlops up"));
      assertEquals(Code.BUSY, busy.problem().code());
      assertTrue(busy.problem().why().contains("`mlops deploy`"), busy.problem().why());
      assertTrue(busy.problem().why().contains("pid " + holder.pid()), busy.problem().why());
    } finally {
      holder.destroyForcibly();
      holder.waitFor();
    }
    EnvironmentLock.acquire(file, "mlops up").close();
    assertFalse(Files.exists(file));
  }

  @Test
  void isHeldAgainstTheSameProcessToo() {
    Path file = folder.resolve("lock");
    try (var _ = EnvironmentLock.acquire(file, "mlops up")) {
      assertThrows(MlopsException.class, () -> EnvironmentLock.acquire(file, "mlops destroy"));
    }
    EnvironmentLock.acquire(file, "mlops destroy").close();
  }
}
