package dev.mlops.platform.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.Check;
import dev.mlops.platform.Check.Result;
import dev.mlops.platform.Checks;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This machine's rungs of the doctor's ladder. */
final class LocalChecksTest {
  private static final Checks.Wanted WANTED =
      new Checks.Wanted(Optional.empty(), List.of(), Optional.empty());

  @TempDir private Path project;

  @Test
  void theSupervisorAndItsReplicasAreLookedAt() throws Exception {
    try (var local = new LocalEnvironment(project)) {
      assertInstanceOf(Result.Warning.class, look(local).get("supervisor"));

      local.apply(TestManifests.replicas(2).release(local.published("one")));
      Map<String, Result> well = look(local);
      assertEquals(List.of("jdk", "supervisor", "replicas"), List.copyOf(well.keySet()));
      assertEquals(new Result.Fine("pid " + local.supervisor()), well.get("supervisor"));
      assertEquals(new Result.Fine("2 of 2 ready"), well.get("replicas"));

      ProcessHandle supervisor = ProcessHandle.of(local.supervisor()).orElseThrow();
      supervisor.destroyForcibly();
      supervisor.onExit().join();
      MlopsException gone = assertThrows(MlopsException.class, () -> look(local));
      assertEquals(Code.LOCAL_SUPERVISOR_LOST, gone.problem().code());
      assertEquals("mlops up", gone.problem().next());
    }
  }

  @Test
  void whatIsPausedIsNotBroken() throws Exception {
    try (var local = new LocalEnvironment(project)) {
      local.apply(TestManifests.replicas(1).release(local.published("one")));
      local.platform().power().pause(_ -> {});
      assertEquals(new Result.NotApplicable("paused"), look(local).get("supervisor"));
    }
  }

  @Test
  void aPortThatAnotherServiceOfOursHasIsSaidWithItsFolderAndAFreeOne(@TempDir Path other)
      throws Exception {
    try (var first = new LocalEnvironment(project);
        var second = new LocalEnvironment(other, first.port())) {
      first.apply(TestManifests.replicas(1).release(first.published("one")));
      MlopsException taken =
          assertThrows(
              MlopsException.class,
              () -> second.platform().checks().before(WANTED).getFirst().look());
      assertEquals(Code.LOCAL_PORT_TAKEN, taken.problem().code());
      String why = taken.problem().why();
      assertTrue(why.contains(project.toRealPath().getFileName().toString()), why);
      assertTrue(why.contains("pid " + first.supervisor()), why);
      assertTrue(taken.problem().next().matches(".*local\\.port.*; \\d+ is free\\."));
    }
  }

  private static Map<String, Result> look(LocalEnvironment local) throws InterruptedException {
    Map<String, Result> seen = new LinkedHashMap<>();
    for (Check check : local.platform().checks().running(WANTED)) {
      seen.put(check.id(), check.look());
    }
    return seen;
  }
}
