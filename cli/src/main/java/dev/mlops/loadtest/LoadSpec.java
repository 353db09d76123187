package dev.mlops.loadtest;

import static java.util.Objects.requireNonNullElse;

import dev.mlops.config.Checked;
import dev.mlops.config.Complaints;
import dev.mlops.config.ConfigFile;
import dev.mlops.config.Doc;
import dev.mlops.config.Range;
import dev.mlops.config.RecordReader;
import dev.mlops.config.Written;
import dev.mlops.config.YamlTree;
import dev.mlops.problem.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The plan as it stands in {@code loadtest.yaml}: all but where the load goes. */
public record LoadSpec(
    @Doc("GET, POST, PUT, PATCH or DELETE.") Optional<String> method,
    @Doc("What is asked for, with its query if there is one.") Optional<String> path,
    @Doc("Headers to send beside those of the engine.") Map<String, String> headers,
    @Doc(
            "A body to send; {{…}} in it is generated. Without one, and without `csv`, bodies are"
                + " made like the rows that the model has learnt from.")
        Optional<String> body,
    @Doc("A CSV file with a header, beside this file; its rows are sent in turn.")
        Optional<Path> csv,
    @Doc("What a good answer looks like.") TaskSpec.ExpectSpec expect,
    @Doc("Several requests in place of one, each chosen as often as its weight says.")
        List<TaskSpec> tasks,
    @Doc("How many users there are, each with a connection of its own.") String users,
    @Doc("How many of them start each second.") @Range(min = 0.01, max = 1e6) Double spawnRate,
    @Written("wait")
        @Doc("How long a user waits after an answer, such as 0.5s..2.5s, or its pace: every 2s.")
        String waitTime,
    @Doc("Requests a second in place of users, whatever becomes of those before.")
        Optional<String> rate,
    @Doc("A file of arrival times to replay in place of users.") Optional<Path> arrivals,
    @Doc("The most connections of a rate or a replay.") @Range(min = 1, max = 1_000_000)
        Integer connections,
    @Doc("How long is measured, once all users have started and the warm-up is over.")
        Duration duration,
    @Doc("How long all users run before anything counts.") Duration warmUp,
    @Doc("The longest that one request may take.") Duration timeout,
    @Doc("The test ends when so many requests have been sent.") @Range(min = 1) Long maxRequests,
    @Doc("Share of the requests that ask to be traced; with 0 none has a trace id.")
        @Range(min = 0, max = 1)
        Double traceRatio,
    @Doc("Whether an https target's certificate goes unchecked.") Boolean insecure,
    @Doc("What has to hold: p50 to p99.999, mean and max (us, ms, s), errors (%), rps.")
        List<String> gates,
    @Doc("The same; the test ends as soon as one does not hold.") List<String> abortOn,
    @Doc("Makes payloads and waits repeatable.") Long seed)
    implements Checked {

  public LoadSpec {
    headers = Map.copyOf(requireNonNullElse(headers, Map.of()));
    tasks = List.copyOf(requireNonNullElse(tasks, List.of()));
    users = requireNonNullElse(users, "100");
    spawnRate = requireNonNullElse(spawnRate, 50.0);
    waitTime = requireNonNullElse(waitTime, "0.5s..2.5s");
    connections = requireNonNullElse(connections, Load.CONNECTIONS);
    duration = requireNonNullElse(duration, Duration.ofSeconds(30));
    warmUp = requireNonNullElse(warmUp, Duration.ofSeconds(2));
    timeout = requireNonNullElse(timeout, Duration.ofSeconds(10));
    maxRequests = requireNonNullElse(maxRequests, LoadPlan.Bounds.USUAL.maxRequests());
    traceRatio = requireNonNullElse(traceRatio, LoadPlan.Bounds.USUAL.traceRatio());
    insecure = requireNonNullElse(insecure, false);
    gates = List.copyOf(requireNonNullElse(gates, List.of()));
    abortOn = List.copyOf(requireNonNullElse(abortOn, List.of()));
    seed = requireNonNullElse(seed, 1L);
  }

  /** A spec of defaults: what a plan without a file is. */
  public static LoadSpec defaults() {
    return new RecordReader(new Complaints())
        .read(LoadSpec.class, YamlTree.readMapping("{}", "", new Complaints()).orElseThrow())
        .orElseThrow();
  }

  /**
   * Reads a plan's file.
   *
   * @param label the file's name for people
   * @throws dev.mlops.problem.MlopsException with every problem of it at once
   */
  public static LoadSpec read(Path file, String label) {
    Complaints complaints = new Complaints();
    Optional<LoadSpec> spec =
        ConfigFile.read(file, label, complaints)
            .flatMap(text -> YamlTree.readMapping(text, label, complaints))
            .flatMap(mapping -> new RecordReader(complaints).read(LoadSpec.class, mapping));
    complaints.throwIfAny(Code.LOAD_PLAN, label, "Correct the file and run the command again.");
    return spec.orElseThrow();
  }

  /** The tasks, of which the keys above {@code tasks} are one. */
  List<TaskSpec> allTasks() {
    return tasks.isEmpty() ? List.of(single()) : tasks;
  }

  private TaskSpec single() {
    return new TaskSpec(
        Optional.empty(),
        null,
        method.orElse(null),
        path.orElse(null),
        headers,
        body,
        csv,
        expect,
        Optional.empty());
  }

  @Override
  public List<Fault> faults() {
    return new LoadSpecCheck(this).faults();
  }
}
