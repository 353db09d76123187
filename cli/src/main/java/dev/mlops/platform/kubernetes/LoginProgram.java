package dev.mlops.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Runs a program that fetches credentials, without a terminal. */
final class LoginProgram {
  private static final int WORDS = 2_000;

  private final List<String> command;
  private final Duration longest;
  private final Map<String, String> variables = new HashMap<>();

  LoginProgram(List<String> command, Duration longest) {
    this.command = List.copyOf(command);
    this.longest = longest;
  }

  void set(String variable, String value) {
    variables.put(variable, value);
  }

  /**
   * What it prints.
   *
   * @param installHint what to do if there is no such program; may be null
   * @throws MlopsException if it can't be started, fails, or takes too long
   */
  String run(String installHint) {
    Process process = start(installHint);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      process.getOutputStream().close();
      var out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()), threads);
      var err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), threads);
      if (!ends(process)) {
        end(process);
        throw failed("It did not end within " + longest.toSeconds() + " s.", "");
      }
      String words = err.join().strip();
      if (process.exitValue() != 0) {
        throw failed("It ended with exit code " + process.exitValue() + ".", words);
      }
      return out.join();
    } catch (CompletionException | IOException e) {
      throw failed("What it printed can't be read.", String.valueOf(e.getMessage()));
    }
  }

  private boolean ends(Process process) {
    try {
      return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(process);
      throw failed("It was interrupted.", "");
    }
  }

  /** What it has started may hold its output open. */
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private Process start(String installHint) {
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(variables);
    try {
      return builder.start();
    } catch (IOException e) {
      throw Code.KUBERNETES_LOGIN.problem(
          "The kubeconfig's login program `" + command.getFirst() + "` can't be started",
          installHint == null ? "" : installHint.strip(),
          "Install it, and see that it is on the PATH",
          e);
    }
  }

  private MlopsException failed(String why, String words) {
    String last = words.substring(Math.max(0, words.length() - WORDS));
    String message = "The kubeconfig's login program `" + command.getFirst() + "` failed";
    String next = "Log in again, then run it by hand: " + String.join(" ", command);
    return last.isEmpty()
        ? Code.KUBERNETES_LOGIN.problem(message, why, next)
        : Code.KUBERNETES_LOGIN.problem(message, why, next, new IOException(last));
  }

  private static String text(InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
