package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.usage.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The answer of `mlops top`. */
public record TopView(String environment, String platform, Usage usage) implements View {
  @Override
  public void text(Text text) {
    if (usage.replicas().isEmpty()) {
      text.line("no replicas run in environment " + environment);
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("replica", "state", "cpu", "memory", "req/s", "5xx/s", "p95"));
    usage.replicas().forEach(line -> rows.add(row(line)));
    usage
        .total()
        .filter(_ -> usage.replicas().size() > 1)
        .ifPresent(total -> rows.add(row("all", "", "", "", Optional.of(total))));
    text.table(Text.withoutEmptyColumns(rows));
  }

  private static List<String> row(Usage.Line line) {
    String state = line.replica().state();
    return row(
        line.replica().name(),
        state.equals("ready") ? "" : state,
        GaugeFacts.cpu(line.cpu()),
        GaugeFacts.memory(line.memory()),
        line.requests());
  }

  private static List<String> row(
      String name, String state, String cpu, String memory, Optional<Usage.Requests> requests) {
    return List.of(
        name,
        state,
        cpu,
        memory,
        requests.map(r -> number("%,.1f", r.perSecond())).orElse(""),
        requests.map(r -> number("%,.1f", r.errorsPerSecond())).orElse(""),
        requests
            .flatMap(Usage.Requests::p95Millis)
            .map(millis -> number("%.2f ms", millis))
            .orElse(""));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  @Override
  public String essential() {
    return usage.total().map(total -> number("%.1f", total.perSecond())).orElse("");
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Json.object().put("environment", environment).put("platform", platform);
    json.put("seconds", usage.seconds());
    var replicas = json.putArray("replicas");
    for (Usage.Line line : usage.replicas()) {
      ObjectNode one = replicas.addObject();
      one.put("name", line.replica().name()).put("state", line.replica().state());
      GaugeFacts.put(one, line.cpu(), line.memory());
      put(one, line.requests());
    }
    put(json.putObject("total"), usage.total());
    return json;
  }

  private static void put(ObjectNode json, Optional<Usage.Requests> requests) {
    json.put("requestsPerSecond", requests.map(Usage.Requests::perSecond).orElse(null));
    json.put("errorsPerSecond", requests.map(Usage.Requests::errorsPerSecond).orElse(null));
    json.put("p95Millis", requests.flatMap(Usage.Requests::p95Millis).orElse(null));
  }
}
