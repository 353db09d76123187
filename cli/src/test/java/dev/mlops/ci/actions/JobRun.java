package dev.mlops.ci.actions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.mlops.platform.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One job: its steps in order, in a workspace of its own; scripts are run as a runner runs them.
 */
final class JobRun {
  private static final long LONGEST_SECONDS = 300;
  private static final Pattern OUTPUT =
      Pattern.compile("(?ms)^([\\w-]+)(?:=(.*?)$|<<(\\S+)\\n(.*?)\\n\\3$)");

  private final JsonNode workflow;
  private final JsonNode job;
  private final ObjectNode contexts;
  private final Runner runner;
  private final Path workspace;
  private final Path files;
  private final StringBuilder log = new StringBuilder();
  private final StringBuilder summary = new StringBuilder();
  private boolean failed;

  /**
   * @param workspace empty but for what the runner keeps
   * @param folder for the runner's own files
   */
  JobRun(
      JsonNode workflow,
      JsonNode job,
      ObjectNode contexts,
      Runner runner,
      Path workspace,
      Path folder)
      throws IOException {
    this.workflow = workflow;
    this.job = job;
    this.contexts = contexts;
    this.runner = runner;
    this.workspace = workspace;
    this.files = Files.createDirectories(folder.resolve("files"));
    contexts.putObject("steps");
    contexts.putObject("runner").put("os", "Linux").put("temp", files.toString());
    ((ObjectNode) contexts.get("github")).put("workspace", workspace.toString());
    ObjectNode env = contexts.putObject("env");
    addAll(env, workflow.path("env"));
    addAll(env, job.path("env"));
  }

  Runner.Job run() throws IOException, InterruptedException {
    int number = 0;
    for (JsonNode step : job.path("steps")) {
      step(step, "step-" + number++);
    }
    return new Runner.Job(
        failed ? "failure" : "success",
        workspace,
        log.toString(),
        summary.toString(),
        evaluator().text(job.at("/environment/url").asText()));
  }

  private void step(JsonNode step, String number) throws IOException, InterruptedException {
    String title = step.path("name").asText(step.path("uses").asText());
    String id = step.path("id").asText(number);
    ObjectNode state = ((ObjectNode) contexts.get("steps")).putObject(id);
    if (!evaluator().condition(step.path("if").asText("success()"))) {
      state.put("outcome", "skipped").put("conclusion", "skipped");
      log.append("– ").append(title).append(": skipped\n");
      return;
    }
    log.append("▸ ").append(title).append('\n');
    long start = System.nanoTime();
    boolean good =
        step.has("uses") ? action(step, title) : script(step, state.putObject("outputs"), number);
    long millis = (System.nanoTime() - start) / 1_000_000;
    log.append("  ").append(millis).append(" ms\n");
    boolean forgiven = step.path("continue-on-error").asBoolean();
    state.put("outcome", good ? "success" : "failure");
    state.put("conclusion", good || forgiven ? "success" : "failure");
    failed |= !good && !forgiven;
  }

  private boolean action(JsonNode step, String title) throws IOException, InterruptedException {
    String name = step.path("uses").asText().replaceFirst("@.*", "");
    JsonNode with = step.path("with");
    switch (name) {
      case "actions/checkout" ->
          runner.checkout(
              with.has("ref") ? text(with.path("ref")) : contexts.at("/github/sha").asText(),
              workspace.resolve(text(with.path("path"))));
      case "actions/setup-java", "actions/cache" -> {
        // This machine's JDK and cache.
      }
      case "actions/upload-artifact" ->
          runner
              .artifacts()
              .upload(
                  text(with.path("name")),
                  workspace,
                  text(with.path("path")).lines().map(String::strip).toList(),
                  with.path("include-hidden-files").asBoolean());
      case "actions/download-artifact" -> {
        try {
          Path to = workspace.resolve(text(with.path("path")));
          if (with.has("name")) {
            runner.artifacts().download(text(with.path("name")), to);
          } else {
            runner.artifacts().downloadAll(to);
          }
        } catch (IOException e) {
          log.append(e.getMessage()).append('\n');
          return false;
        }
      }
      default -> throw new IllegalArgumentException("no stand-in for " + title);
    }
    return true;
  }

  private boolean script(JsonNode step, ObjectNode outputs, String number)
      throws IOException, InterruptedException {
    String run = step.path("run").asText();
    Path script = Files.writeString(files.resolve(number + ".sh"), evaluator().text(run));
    Map<String, Path> written = new TreeMap<>();
    for (String name : List.of("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY")) {
      written.put(name, Files.writeString(files.resolve(number + "-" + name), ""));
    }
    Process process = start(step, script, written);
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    log.append(said);
    if (!ended || process.exitValue() != 0) {
      log.append("exit status ").append(ended ? process.exitValue() : "none").append('\n');
    }
    summary.append(Files.readString(written.get("GITHUB_STEP_SUMMARY")));
    read(written.get("GITHUB_OUTPUT"), outputs);
    read(written.get("GITHUB_ENV"), (ObjectNode) contexts.get("env"));
    return ended && process.exitValue() == 0;
  }

  private Process start(JsonNode step, Path script, Map<String, Path> written) throws IOException {
    boolean named = workflow.at("/defaults/run/shell").asText().equals("bash");
    List<String> command =
        named
            ? List.of("bash", "--noprofile", "--norc", "-eo", "pipefail", script.toString())
            : List.of("bash", "-e", script.toString());
    var builder =
        new ProcessBuilder(command).directory(workspace.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches("(MLOPS|GITHUB|ACTIONS|GH|KUBE)_?.*"));
    environment.putAll(runner.variables(job));
    environment.put("CI", "true");
    environment.put("RUNNER_TEMP", files.toString());
    environment.put("GITHUB_ACTOR", contexts.at("/github/actor").asText());
    written.forEach((name, file) -> environment.put(name, file.toString()));
    ObjectNode own = JsonNodeFactory.instance.objectNode();
    addAll(own, contexts.get("env"));
    addAll(own, step.path("env"));
    own.properties().forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .start();
  }

  private static void read(Path file, ObjectNode to) throws IOException {
    Matcher line = OUTPUT.matcher(Files.readString(file));
    while (line.find()) {
      to.put(line.group(1), line.group(2) == null ? line.group(4) : line.group(2));
    }
  }

  private void addAll(ObjectNode to, JsonNode values) {
    values.properties().forEach(entry -> to.put(entry.getKey(), text(entry.getValue())));
  }

  private String text(JsonNode value) {
    return evaluator().text(value.asText());
  }

  private Evaluator evaluator() {
    return new Evaluator(contexts, this::call);
  }

  private JsonNode call(String function, List<JsonNode> arguments) {
    return switch (function) {
      case "success" -> BooleanNode.valueOf(!failed);
      case "failure" -> BooleanNode.valueOf(failed);
      case "always" -> BooleanNode.TRUE;
      case "cancelled" -> BooleanNode.FALSE;
      case "hashFiles" -> new TextNode(hash(arguments));
      default -> throw new IllegalArgumentException("no function " + function);
    };
  }

  private String hash(List<JsonNode> names) {
    List<String> found = new ArrayList<>();
    for (JsonNode name : names) {
      Path file = workspace.resolve(name.asText());
      if (Files.isRegularFile(file)) {
        try {
          found.add(Digest.ofFile(file).hex());
        } catch (IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      }
    }
    return String.join("", found);
  }
}
