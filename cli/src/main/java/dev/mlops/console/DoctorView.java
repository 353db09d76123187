package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.doctor.Examination;
import dev.mlops.doctor.Examination.Verdict;
import dev.mlops.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The answer of `mlops doctor`.
 *
 * @param examinations in the order of the ladder
 */
public record DoctorView(List<Examination> examinations) implements View {
  private static final String INDENT = "\n     ";

  @Override
  public void text(Text text) {
    List<Examination> shown = upToBroken();
    int width = shown.stream().mapToInt(e -> e.title().length()).max().orElse(0);
    for (Examination one : shown) {
      String title = one.title() + " ".repeat(width - one.title().length());
      String line = " " + mark(one.verdict(), text.style()) + " " + title + "  " + words(one);
      text.line(line.stripTrailing().replace("\n", INDENT + " ".repeat(width)), width + 5);
    }
    int rest = examinations.size() - shown.size();
    if (rest > 0) {
      text.line(StepLine.moreSkipped(rest, text.style()));
    }
    text.next(
        examinations.stream()
            .map(Examination::verdict)
            .filter(Verdict.Warning.class::isInstance)
            .map(DoctorView::next)
            .filter(next -> !next.isEmpty())
            .distinct()
            .toList());
  }

  /** What comes after it was not looked at. */
  private List<Examination> upToBroken() {
    for (int i = 0; i < examinations.size(); i++) {
      if (examinations.get(i).verdict() instanceof Verdict.Broken) {
        return examinations.subList(0, i + 1);
      }
    }
    return examinations;
  }

  /** {@code ok}, or the id of what is broken. */
  @Override
  public String essential() {
    return examinations.stream()
        .filter(one -> one.verdict() instanceof Verdict.Broken)
        .map(Examination::id)
        .findFirst()
        .orElse("ok");
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Json.object();
    ArrayNode checks = json.putArray("checks");
    for (Examination one : examinations) {
      ObjectNode check =
          checks
              .addObject()
              .put("id", one.id())
              .put("title", one.title())
              .put("result", result(one.verdict()))
              .put("why", why(one.verdict()))
              .put("next", next(one.verdict()));
      if (one.verdict() instanceof Verdict.Broken(var how)) {
        check.put("code", how.problem().code().id());
      }
    }
    return json;
  }

  private static String mark(Verdict verdict, Style style) {
    return switch (verdict) {
      case Verdict.Fine _ -> style.good(style.symbol(Style.Symbol.DONE));
      case Verdict.Warning _ -> style.notable("!");
      case Verdict.Broken _ -> style.bad(style.symbol(Style.Symbol.FAILED));
      case Verdict.Skipped _ -> style.dim(style.symbol(Style.Symbol.SKIPPED));
    };
  }

  private static String words(Examination one) {
    return switch (one.verdict()) {
      case Verdict.Broken(var how) -> how.problem().message();
      case Verdict.Fine _, Verdict.Warning _ -> why(one.verdict());
      case Verdict.Skipped(String why) -> "skipped: " + why;
    };
  }

  private static String result(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Fine _ -> "ok";
      case Verdict.Warning _ -> "warning";
      case Verdict.Broken _ -> "failed";
      case Verdict.Skipped _ -> "skipped";
    };
  }

  private static String why(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Fine(String detail) -> detail;
      case Verdict.Warning(String why, String _) -> why;
      case Verdict.Broken(var how) -> why(how.problem());
      case Verdict.Skipped(String why) -> why;
    };
  }

  private static String why(Problem problem) {
    return Stream.of(problem.message(), problem.why())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static String next(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Warning(String _, String next) -> next;
      case Verdict.Broken(var how) -> how.problem().next();
      case Verdict.Fine _, Verdict.Skipped _ -> "";
    };
  }
}
