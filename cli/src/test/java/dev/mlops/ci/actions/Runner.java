package dev.mlops.ci.actions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Executes workflows as GitHub would, as far as ours go: jobs in the order of their needs, each
 * with a fresh checkout, contexts, outputs, artifacts, and a token that may do what the job's
 * permissions say. Actions are stood in for; scripts are run as they stand.
 */
public final class Runner {
  /** GitHub's refusal of a token without a right is the fake's to give. */
  public static final String READ_ONLY = "a-reading-token";

  /**
   * @param result {@code success}, {@code failure} or {@code skipped}
   * @param url of the environment; empty if there is none
   */
  public record Job(String result, Path workspace, String log, String summary, String url) {
    static Job skipped() {
      return new Job("skipped", Path.of(""), "", "", "");
    }
  }

  private final Path origin;
  private final Path folder;
  private final Map<String, String> variables;
  private final Map<String, String> repositoryVariables;
  private String kept = "";
  private Artifacts artifacts;
  private boolean trusted;
  private int runs;

  /**
   * @param origin the git repository
   * @param folder for workspaces
   * @param variables of every script; GITHUB_TOKEN is given to jobs that ask for it only
   * @param repositoryVariables the {@code vars} context
   */
  public Runner(
      Path origin,
      Path folder,
      Map<String, String> variables,
      Map<String, String> repositoryVariables) {
    this.origin = origin;
    this.folder = folder;
    this.variables = Map.copyOf(variables);
    this.repositoryVariables = Map.copyOf(repositoryVariables);
    this.artifacts = new Artifacts(folder);
  }

  /** All jobs by their ids; none if the event does not set the workflow off. */
  public Map<String, Job> run(Path workflow, Event event) throws IOException, InterruptedException {
    JsonNode root = new ObjectMapper(new YAMLFactory()).readTree(Files.readAllBytes(workflow));
    Map<String, Job> done = new LinkedHashMap<>();
    if (!isMeant(root.path("on"), event)) {
      return done;
    }
    Path run = folder.resolve("run-" + runs++);
    artifacts = new Artifacts(run.resolve("artifacts"));
    trusted = event.trusted();
    while (done.size() < root.path("jobs").size()) {
      for (Map.Entry<String, JsonNode> job : root.path("jobs").properties()) {
        List<String> needs = needs(job.getValue());
        if (!done.containsKey(job.getKey()) && done.keySet().containsAll(needs)) {
          done.put(job.getKey(), run(root, job.getValue(), event, done, run.resolve(job.getKey())));
        }
      }
    }
    return done;
  }

  /**
   * As on a runner of one's own that cleans up less: what is below this path stays between jobs.
   */
  public Runner keeping(String path) {
    kept = path;
    return this;
  }

  Artifacts artifacts() {
    return artifacts;
  }

  /** What every script of a job has in its environment; an identity only where one is given. */
  Map<String, String> variables(JsonNode job) {
    Map<String, String> all = new TreeMap<>(variables);
    all.remove("GITHUB_TOKEN");
    if (!trusted || !job.at("/permissions/id-token").asText().equals("write")) {
      all.keySet().removeIf(name -> name.startsWith("ACTIONS_ID_TOKEN_"));
    }
    return all;
  }

  void checkout(String ref, Path to) throws IOException, InterruptedException {
    Files.createDirectories(to);
    git(to, "init", "-q");
    git(to, "fetch", "-q", "--depth=1", origin.toUri().toString(), ref);
    git(to, "-c", "advice.detachedHead=false", "checkout", "-q", "FETCH_HEAD");
  }

  /** The one folder that a runner checks a repository out in, job after job. */
  private Path cleanWorkspace() throws IOException {
    Path workspace = Files.createDirectories(folder.resolve("work"));
    try (Stream<Path> files = Files.walk(workspace)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        String name = workspace.relativize(file).toString();
        boolean stays = !kept.isEmpty() && (name.startsWith(kept) || kept.startsWith(name));
        if (!stays) {
          Files.delete(file);
        }
      }
    }
    return workspace;
  }

  private Job run(JsonNode root, JsonNode job, Event event, Map<String, Job> done, Path where)
      throws IOException, InterruptedException {
    ObjectNode contexts = contexts(job, event);
    ObjectNode needs = contexts.putObject("needs");
    needs(job).forEach(id -> needs.putObject(id).put("result", done.get(id).result()));
    boolean good = needs(job).stream().allMatch(id -> done.get(id).result().equals("success"));
    var evaluator =
        new Evaluator(
            contexts,
            (function, _) ->
                switch (function) {
                  case "success" -> BooleanNode.valueOf(good);
                  case "always" -> BooleanNode.TRUE;
                  default -> throw new IllegalArgumentException("no function " + function);
                });
    return evaluator.condition(job.path("if").asText("success()"))
        ? new JobRun(root, job, contexts, this, cleanWorkspace(), where).run()
        : Job.skipped();
  }

  private ObjectNode contexts(JsonNode job, Event event) {
    ObjectNode contexts = JsonNodeFactory.instance.objectNode();
    ObjectNode github =
        contexts
            .putObject("github")
            .put("event_name", event.name())
            .put("ref", event.ref())
            .put("ref_name", event.ref().replaceFirst("refs/(heads|pull)/", ""))
            .put("sha", event.sha())
            .put("repository", Event.REPOSITORY)
            .put("actor", "someone")
            .put("token", token(job));
    github.set("event", event.event());
    ObjectNode vars = contexts.putObject("vars");
    repositoryVariables.forEach(vars::put);
    contexts.putObject("secrets");
    return contexts;
  }

  private String token(JsonNode job) {
    boolean writes = job.path("permissions").toString().contains("\"pull-requests\":\"write\"");
    return trusted && writes ? variables.getOrDefault("GITHUB_TOKEN", "") : READ_ONLY;
  }

  private static boolean isMeant(JsonNode on, Event event) {
    JsonNode trigger = on.path(event.name());
    boolean branch =
        !trigger.has("branches")
            || trigger.path("branches").toString().contains('"' + event.branch() + '"');
    String action = event.event().path("action").asText();
    boolean type =
        !trigger.has("types") || trigger.path("types").toString().contains('"' + action + '"');
    return on.has(event.name()) && branch && type;
  }

  private static List<String> needs(JsonNode job) {
    List<String> all = new ArrayList<>();
    JsonNode needs = job.path("needs");
    if (needs.isTextual()) {
      all.add(needs.asText());
    }
    needs.forEach(id -> all.add(id.asText()));
    return all;
  }

  /** Runs git, and gives back what it says. */
  public static String git(Path in, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("git", "-C", in.toString(), "-c", "user.name=t", "-c", "user.email=t@t"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said.strip();
  }
}
