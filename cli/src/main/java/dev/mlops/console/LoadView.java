package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.loadtest.Change;
import dev.mlops.loadtest.Gate;
import dev.mlops.loadtest.LoadResult;
import dev.mlops.loadtest.Percentiles;
import dev.mlops.training.Rounding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The answer of `mlops loadtest`. */
public record LoadView(LoadResult result, List<String> next) implements View {
  /** A path that is copied into a browser. */
  static final String REPORT = "report";

  @Override
  public void text(Text text) {
    Style style = text.style();
    text.facts(facts(result, style), Set.of(REPORT));
    for (Gate.Outcome gate : result.gates()) {
      text.line("  " + gateLine(gate, style));
    }
    result.changes().forEach(change -> text.line("  " + changeLine(change, style)));
    result.endedEarly().ifPresent(why -> text.line("  ended early: " + why));
    if (!result.valid()) {
      // The reasons are the error that follows.
      text.line("  " + style.bad("INVALID") + ": these are not the service's figures");
    }
    text.next(next);
  }

  /** Throughput, percentiles, errors and where the report is. */
  static Map<String, String> facts(LoadResult result, Style style) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "throughput",
        String.format(
            Locale.ROOT,
            "%,.1f requests/s (%,d in %.1f s)",
            result.totals().throughput(),
            result.totals().requests(),
            result.totals().seconds()));
    result
        .totals()
        .latencyMillis()
        .ifPresent(latency -> facts.put("latency", percentiles(latency)));
    facts.put("errors", errors(result, style));
    facts.put(REPORT, result.report().toString());
    return facts;
  }

  private static String percentiles(Percentiles latency) {
    return String.format(
        Locale.ROOT,
        "p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, max %.2f ms",
        latency.p50(),
        latency.p95(),
        latency.p99(),
        latency.max());
  }

  private static String errors(LoadResult result, Style style) {
    if (result.totals().errors() == 0) {
      return style.good("none");
    }
    double share = 100.0 * result.totals().errors() / result.totals().requests();
    return style.bad(String.format(Locale.ROOT, "%,d (%.2f %%)", result.totals().errors(), share));
  }

  private static String gateLine(Gate.Outcome gate, Style style) {
    String mark =
        switch (gate.judgement()) {
          case PASSED -> style.good(style.symbol(Style.Symbol.DONE));
          case MISSED -> style.bad(style.symbol(Style.Symbol.FAILED));
          case NONE -> style.dim("not judged:");
        };
    String value =
        gate.value().isPresent()
            ? Rounding.text(gate.value().getAsDouble()) + " " + gate.gate().measure().unit()
            : "not measured";
    return mark + " " + gate.gate().expression() + "  " + style.dim("measured: " + value.strip());
  }

  private static String changeLine(Change change, Style style) {
    String verdict =
        switch (change.verdict()) {
          case BETTER -> style.good(change.verdict().label());
          case WORSE -> style.bad(change.verdict().label());
          case WITHIN_NOISE -> change.verdict().label();
        };
    return change.measure() + " " + verdict + "  " + style.dim(change.text());
  }

  @Override
  public String essential() {
    return result.report().toString();
  }

  @Override
  public ObjectNode json() {
    return result.json();
  }
}
