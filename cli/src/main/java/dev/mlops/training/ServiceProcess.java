package dev.mlops.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.problem.Code;
import dev.mlops.process.Tie;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * Runs a batch command of the model service, such as {@code train}, in a JVM of its own: the same
 * program that a Job in a cluster would run. It speaks JSON lines on its standard output; {@code
 * event} is {@code progress}, {@code result} or {@code problem}.
 */
public final class ServiceProcess {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REMEMBERED_LINES = 20;

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
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
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
    Deque<String> last = new ArrayDeque<>();
    Optional<JsonNode> result = Optional.empty();
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      String line;
      while ((line = lines.readLine()) != null) {
        Optional<JsonNode> event = parse(line);
        switch (event.map(e -> e.path("event").asText()).orElse("")) {
          case "progress" -> {
            JsonNode said = event.orElseThrow();
            boolean serious = said.path("level").asText().equals("warning");
            (serious ? warning : progress).accept(said.path("message").asText());
          }
          case "result" -> result = event;
          case "problem" -> throw asProblem(event.orElseThrow());
          default -> remember(last, line);
        }
      }
    } catch (IOException e) {
      throw Code.SERVICE_FAILED.problem("Lost the model service's output", "", "", e);
    }
    int status = process.waitFor();
    if (status != 0 || result.isEmpty()) {
      throw Code.SERVICE_FAILED.problem(
          "`" + verb + "` ended with exit code " + status + " and no result",
          status == 137 ? "It was killed, perhaps for want of memory." : "",
          last.isEmpty() ? "Run the command again" : "Look at its last words below.",
          new IOException(String.join("\n", last)));
    }
    return result.get();
  }

  private static Optional<JsonNode> parse(String line) {
    if (!line.startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static RuntimeException asProblem(JsonNode event) {
    Code code = Code.find(event.path("code").asText()).orElse(Code.SERVICE_FAILED);
    return code.problem(
        event.path("message").asText(), event.path("why").asText(), event.path("next").asText());
  }

  private static void remember(Deque<String> last, String line) {
    if (last.size() == REMEMBERED_LINES) {
      last.removeFirst();
    }
    last.addLast(line);
  }

  private static void removeHook(Thread cleaner) {
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException e) {
      // The JVM is going down already: the hook is what ends the child.
    }
  }
}
