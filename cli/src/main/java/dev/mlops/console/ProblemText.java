package dev.mlops.console;

import dev.mlops.problem.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A problem as people read it: what, why, one next step, and the raw cause dimmed. */
final class ProblemText {
  private ProblemText() {}

  static void write(Problem problem, Optional<String> log, Text text) {
    Style style = text.style();
    text.line(style.bad(style.bold("error: ")) + problem.message(), 2);
    Map<String, String> facts = new LinkedHashMap<>();
    put(facts, "why", problem.why());
    put(facts, "next", style.accent(problem.next()));
    put(facts, "cause", style.dim(problem.cause()));
    put(facts, "code", style.dim(problem.code().id()));
    log.ifPresent(path -> put(facts, "log", style.dim(path)));
    text.facts(facts, problem.next().startsWith("mlops ") ? Set.of("next", "log") : Set.of("log"));
  }

  static String stackTrace(Throwable thrown) {
    var trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString().stripTrailing();
  }

  private static void put(Map<String, String> facts, String name, String value) {
    if (!value.isEmpty()) {
      facts.put(name, value);
    }
  }
}
