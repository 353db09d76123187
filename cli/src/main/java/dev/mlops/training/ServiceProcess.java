package dev.mlops.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.problem.Code;
import dev.mlops.process.Jdk;
import dev.mlops.process.Tie;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * Runs a batch command of the model service, such as {@code train}, in a JVM of its own: the same
 * program that a Job in a cluster would run. It speaks JSON lines on its standard output; {@code
 * event} is {@code progress}, {@code result} or {@code problem}.
 */
public final class ServiceProcess {
  private final Installation installation;

  public ServiceProcess(Installation installation) {
    this.installation = installation;
  }

  /**
   * Runs to the end; the child is ended with the calling thread.
   *
   * @param arguments such as {@code inspect --data FILE}
   * @return the {@code result} event
   * @throws dev.mlops.problem.MlopsException with the child's own problem, or with its last words
   */
  public JsonNode run(List<String> arguments, Consumer<String> progress)
      throws InterruptedException {
    return run(arguments, progress, progress);
  }

  /**
   * The same.
   *
   * @param warning takes what the user should think about, apart from progress
   */
  public JsonNode run(List<String> arguments, Consumer<String> progress, Consumer<String> warning)
      throws InterruptedException {
    Process process = start(arguments);
    Thread cleaner = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(cleaner);
    // Listened to by another thread, because an interrupt does not end a read from a pipe.
    var listening =
        new FutureTask<>(() -> listen(process, arguments.getFirst(), progress, warning));
    Thread.ofVirtual().start(listening);
    try {
      return listening.get();
    } catch (ExecutionException e) {
      throw asRuntime(e.getCause());
    } finally {
      process.destroyForcibly();
      removeHook(cleaner);
    }
  }

  private static RuntimeException asRuntime(Throwable thrown) {
    return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
  }

  private Process start(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Jdk.java());
    command.addAll(
        List.of(
            "-XX:+UseParallelGC",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-jar",
            installation.serviceJar().toString()));
    command.addAll(arguments);
    try {
      return new ProcessBuilder(Tie.to(command)).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw Code.SERVICE_FAILED.problem(
          "The model service could not be started", "", "Run the command again with --verbose", e);
    }
  }

  private static JsonNode listen(
      Process process, String verb, Consumer<String> progress, Consumer<String> warning)
      throws InterruptedException {
    var events = new ServiceEvents(progress, warning);
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        events.take(line);
      }
    } catch (IOException e) {
      throw Code.SERVICE_FAILED.problem(
          "Lost the model service's output", "", "Run the command again.", e);
    }
    int status = process.waitFor();
    if (status != 0 || events.result().isEmpty()) {
      throw Code.SERVICE_FAILED.problem(
          "`" + verb + "` ended with exit code " + status + " and no result",
          status == 137 ? "It was killed, perhaps for want of memory." : "",
          events.lastWords().isEmpty() ? "Run the command again." : "Look at its last words below.",
          new IOException(events.lastWords()));
    }
    return events.result().get();
  }

  private static void removeHook(Thread cleaner) {
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException e) {
      // The JVM is going down already: the hook is what ends the child.
    }
  }
}
