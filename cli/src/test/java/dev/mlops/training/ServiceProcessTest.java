package dev.mlops.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class ServiceProcessTest {
  @TempDir private static Path home;
  private static ServiceProcess service;

  @BeforeAll
  static void install() throws IOException {
    service = new ServiceProcess(StubService.install(home));
  }

  @Test
  void bringsProgressAndTheResult() throws Exception {
    List<String> progress = new ArrayList<>();
    var result = service.run(List.of("echo", "größer"), progress::add);

    assertEquals("größer", result.path("said").asText());
    assertEquals(List.of("half way"), progress);
  }

  @Test
  void keepsWarningsApart() throws Exception {
    List<String> progress = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    service.run(List.of("warn"), progress::add, warnings::add);

    assertEquals(List.of("half way"), progress);
    assertEquals(List.of("too large"), warnings);
  }

  @Test
  void aProblemOfTheChildIsTheCommandsOwn() {
    Problem problem = problem("refuse");

    assertEquals(
        new Problem(Code.DATA_SHAPE, "Row 7 is ragged", "It has 3 fields.", "Mend row 7", ""),
        problem);
  }

  @Test
  void aCodeThatIsNotKnownKeepsItsMessage() {
    Problem problem = problem("refuse-strangely");

    assertEquals(Code.SERVICE_FAILED, problem.code());
    assertEquals("From the future", problem.message());
  }

  @Test
  void otherOutputIsNoEvent() throws Exception {
    assertEquals("after all", service.run(List.of("garbage"), _ -> {}).path("said").asText());
  }

  @Test
  void noResultIsAFailureEvenWithExitCodeZero() {
    Problem problem = problem("silent");

    assertEquals(Code.SERVICE_FAILED, problem.code());
    assertEquals("`silent` ended with exit code 0 and no result", problem.message());
  }

  @Test
  void aFailureTellsTheLastWords() {
    Problem problem = problem("fail");

    assertEquals("`fail` ended with exit code 3 and no result", problem.message());
    assertTrue(problem.cause().startsWith("line 11\n"), problem.cause());
    assertTrue(problem.cause().endsWith("\nline 30"), problem.cause());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aKilledChildIsSaidToBe() {
    Problem problem = problem("die");

    assertEquals(Code.SERVICE_FAILED, problem.code());
    assertTrue(problem.message().contains("137"), problem.message());
    assertTrue(problem.why().contains("killed"), problem.why());
    assertEquals("about to be killed", problem.cause());
  }

  @Test
  void endsTheChildWithTheThread() throws Exception {
    CompletableFuture<String> pid = new CompletableFuture<>();
    CompletableFuture<Exception> end = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                service.run(List.of("wait"), pid::complete);
              } catch (InterruptedException | RuntimeException e) {
                end.complete(e);
              }
            });
    ProcessHandle child =
        ProcessHandle.of(Long.parseLong(pid.get(30, TimeUnit.SECONDS))).orElseThrow();
    caller.interrupt();

    assertInstanceOf(InterruptedException.class, end.get(30, TimeUnit.SECONDS));
    child.onExit().get(30, TimeUnit.SECONDS);
    assertFalse(child.isAlive());
  }

  @Test
  void anInstallationThatIsNotWholeIsSaidToBe(@TempDir Path empty) {
    ServiceProcess nothing = new ServiceProcess(new Installation(empty));
    MlopsException e =
        assertThrows(MlopsException.class, () -> nothing.run(List.of("echo"), _ -> {}));

    assertEquals(Code.INSTALLATION, e.problem().code());
    assertFalse(Files.exists(empty.resolve("service")));
  }

  private static Problem problem(String verb) {
    return assertThrows(MlopsException.class, () -> service.run(List.of(verb), _ -> {})).problem();
  }
}
