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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The plan as it stands in {@code loadtest.yaml}: all but where the load goes. */
public record LoadSpec(
    @Doc("GET, POST, PUT, PATCH or DELETE.") String method,
    @Doc("What is asked for, with its query if there is one.") String path,
    @Doc("Headers to send beside those of the engine.") Map<String, String> headers,
    @Doc(
            "A body to send as it stands. Without one, and without `csv`, bodies are drawn from the"
                + " model's schema.")
        Optional<String> body,
    @Doc("A CSV file with a header, beside this file; its rows are sent in turn.")
        Optional<Path> csv,
    @Doc("How many users there are, each with a connection of its own.")
        @Range(min = 1, max = 1_000_000)
        Integer users,
    @Doc("How many of them start each second.") @Range(min = 0.01, max = 1e6) Double spawnRate,
    @Written("wait")
        @Doc("How long a user waits after an answer: one duration, or two for a wait between them.")
        String waitTime,
    @Doc("How long is measured, once all users have started and the warm-up is over.")
        Duration duration,
    @Doc("How long all users run before anything counts.") Duration warmUp,
    @Doc("The longest that one request may take.") Duration timeout,
    @Doc("What has to hold: p50 to p99.999, mean and max (us, ms, s), errors (%), rps.")
        List<String> gates,
    @Doc("Makes payloads and waits repeatable.") Long seed)
    implements Checked {

  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e]*");
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");
  private static final Pattern OF_THE_ENGINE =
      Pattern.compile(
          "(?i)host|content-length|transfer-encoding|connection|expect|upgrade|accept-encoding");
  private static final Duration LONGEST_TEST = Duration.ofHours(24);
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);

  public LoadSpec {
    method = requireNonNullElse(method, "POST");
    path = requireNonNullElse(path, "/predict");
    headers = Map.copyOf(requireNonNullElse(headers, Map.of()));
    users = requireNonNullElse(users, 100);
    spawnRate = requireNonNullElse(spawnRate, 50.0);
    waitTime = requireNonNullElse(waitTime, "0.5s..2.5s");
    duration = requireNonNullElse(duration, Duration.ofSeconds(30));
    warmUp = requireNonNullElse(warmUp, Duration.ofSeconds(2));
    timeout = requireNonNullElse(timeout, Duration.ofSeconds(10));
    gates = List.copyOf(requireNonNullElse(gates, List.of()));
    seed = requireNonNullElse(seed, 1L);
  }

  /** A spec of defaults: what a plan without a file is. */
  public static LoadSpec defaults() {
    return new LoadSpec(
        null,
        null,
        null,
        Optional.empty(),
        Optional.empty(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
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

  /**
   * The whole plan.
   *
   * @param folder where {@code csv} is looked for
   * @param schema the model's, if there is a model
   * @throws dev.mlops.problem.MlopsException if there is nothing to send
   */
  public LoadPlan plan(URI target, Path folder, Optional<Path> schema) {
    return new LoadPlan(
        target,
        new LoadPlan.Request(method, path, headers, payloads(folder, schema)),
        users,
        spawnRate,
        Wait.parse(waitTime),
        new LoadPlan.Timing(warmUp, duration, timeout),
        gates.stream().map(Gate::parse).toList(),
        seed);
  }

  private Payloads payloads(Path folder, Optional<Path> schema) {
    if (body.isPresent()) {
      return new Payloads.Literal(body.get());
    }
    if (csv.isPresent()) {
      return new Payloads.FromCsv(folder.resolve(csv.get()), schema);
    }
    if (method.equals("GET") || method.equals("DELETE")) {
      return new Payloads.Literal("");
    }
    return schema
        .<Payloads>map(Payloads.FromSchema::new)
        .orElseThrow(() ->
            Code.LOAD_PAYLOAD.problem(
                "There is no model whose schema tells what to send",
                "The plan has neither `body` nor `csv`.",
                "Run `mlops train`, or set `body` or `csv` in the plan."));
  }

  @Override
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    if (!METHODS.contains(method)) {
      faults.add(new Fault("method", "is not one of " + String.join(", ", METHODS)));
    }
    if (!PATH.matcher(path).matches()) {
      faults.add(new Fault("path", "starts with / and has no spaces"));
    }
    headers.forEach((name, value) -> checkHeader(name, value, faults));
    if (body.isPresent() && csv.isPresent()) {
      faults.add(new Fault("csv", "can't stand beside body; there is one kind of payload"));
    }
    parse("wait", waitTime, Wait::parse, faults);
    gates.forEach(gate -> parse("gates", gate, Gate::parse, faults));
    checkDurations(faults);
    return faults;
  }

  private static void checkHeader(String name, String value, List<Fault> faults) {
    String key = "headers." + name;
    if (!HEADER_NAME.matcher(name).matches() || !HEADER_VALUE.matcher(value).matches()) {
      faults.add(new Fault(key, "is no header: names are tokens, values printable ASCII"));
    } else if (OF_THE_ENGINE.matcher(name).matches()) {
      faults.add(new Fault(key, "is written by the engine itself"));
    }
  }

  private void checkDurations(List<Fault> faults) {
    if (duration.isZero()) {
      faults.add(new Fault("duration", "has to be longer than nothing"));
    }
    if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      faults.add(new Fault("timeout", "is between 1ms and 5m"));
    }
    double ramp = users / spawnRate;
    if (duration.plus(warmUp).toSeconds() + ramp > LONGEST_TEST.toSeconds()) {
      faults.add(new Fault("duration", "with ramp and warm-up the test is longer than a day"));
    }
  }

  private static void parse(
      String key, String text, Function<String, ?> parser, List<Fault> faults) {
    try {
      var _ = parser.apply(text);
    } catch (IllegalArgumentException e) {
      faults.add(new Fault(key, e.getMessage()));
    }
  }
}
