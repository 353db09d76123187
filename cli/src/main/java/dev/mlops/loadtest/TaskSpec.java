package dev.mlops.loadtest;

import static java.util.Objects.requireNonNullElse;

import dev.mlops.config.Checked;
import dev.mlops.config.Doc;
import dev.mlops.config.Range;
import dev.mlops.problem.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One of the {@code tasks} of {@code loadtest.yaml}. */
public record TaskSpec(
    @Doc("What the task is called in gates and reports; otherwise by its path.")
        Optional<String> name,
    @Doc("How often it is chosen, compared with the others.") @Range(min = 1, max = 1_000_000)
        Integer weight,
    @Doc("GET, POST, PUT, PATCH or DELETE.") String method,
    @Doc("What is asked for, with its query if there is one.") String path,
    @Doc("Headers to send beside those of the engine.") Map<String, String> headers,
    @Doc("A body to send; {{…}} in it is generated.") Optional<String> body,
    @Doc("A CSV file with a header, beside this file; its rows are sent in turn.")
        Optional<Path> csv,
    @Doc("What a good answer looks like.") ExpectSpec expect,
    @Doc("How long a user waits after it, in place of `wait`.") Optional<String> think)
    implements Checked {

  /** What a good answer looks like. */
  public record ExpectSpec(
      @Doc("Statuses of good answers, such as 200 or 2xx, separated by commas.") String status,
      @Doc("What has to stand in the body.") Optional<String> contains)
      implements Checked {
    public ExpectSpec {
      status = requireNonNullElse(status, "2xx");
    }

    Expect expect() {
      return new Expect(List.of(status.strip().split("\\s*,\\s*", -1)), contains.orElse(""));
    }

    @Override
    public List<Fault> faults() {
      List<Fault> faults = new ArrayList<>();
      Faults.parse("status", status, _ -> expect(), faults);
      return faults;
    }
  }

  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final Pattern PATH = Pattern.compile("/(?:[\\x21-\\x7e]|\\{\\{[^{}]*}})*");
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");
  private static final Pattern OF_THE_ENGINE =
      Pattern.compile(
          "(?i)host|content-length|transfer-encoding|connection|expect|upgrade|accept-encoding");

  public TaskSpec {
    weight = requireNonNullElse(weight, 1);
    method = requireNonNullElse(method, "POST");
    path = requireNonNullElse(path, "/predict");
    headers = Map.copyOf(requireNonNullElse(headers, Map.of()));
  }

  /**
   * @param folder where {@code csv} is looked for
   * @param schema the model's, if there is a model
   * @throws dev.mlops.problem.MlopsException if there is nothing to send
   */
  Task task(Path folder, Optional<Path> schema) {
    return new Task(
        called(),
        weight,
        new Task.Request(method, path, headers, payloads(folder, schema)),
        expect.expect(),
        think.map(Wait::parse));
  }

  /** As gates and reports have it. */
  String called() {
    String words = path.replaceAll("\\{\\{.*?}}|\\?.*", "").replaceAll("[^A-Za-z0-9_-]+", "-");
    String trimmed = words.replaceAll("^[-0-9]+|-+$", "");
    return name.orElse(trimmed.isEmpty() ? "root" : trimmed);
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
    if (name.filter(text -> !NAME.matcher(text).matches()).isPresent()) {
      faults.add(new Fault("name", "is letters, digits, - and _, a letter first"));
    }
    if (!METHODS.contains(method)) {
      faults.add(new Fault("method", "is not one of " + String.join(", ", METHODS)));
    }
    if (!PATH.matcher(path).matches()) {
      faults.add(new Fault("path", "starts with / and has no spaces"));
    }
    headers.forEach((header, value) -> checkHeader(header, value, faults));
    if (body.isPresent() && csv.isPresent()) {
      faults.add(new Fault("csv", "can't stand beside body; there is one kind of payload"));
    }
    think.ifPresent(text -> Faults.parse("think", text, Wait::parse, faults));
    Faults.parse("path", path, Template::parse, faults);
    body.ifPresent(text -> Faults.parse("body", text, Template::parse, faults));
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
}
