package dev.mlops.loadtest;

import dev.mlops.config.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * An objective that a load test has to meet, such as {@code p95<200ms}, {@code errors<1%}, {@code
 * rps>500}, {@code search:p95<50ms} for one task, or {@code p95<200ms each 10s} for every window.
 *
 * @param task the one that it is about; absent: all together
 * @param limit in the measure's own unit: milliseconds, percent, or requests a second
 * @param window absent: over the whole measured time
 */
public record Gate(
    String expression,
    Optional<String> task,
    Measure measure,
    Comparison comparison,
    double limit,
    Optional<Duration> window) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:([A-Za-z][A-Za-z0-9_-]*)\\s*:\\s*)?([A-Za-z]+[0-9.]*)\\s*(<=|>=|<|>)"
              + "\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(us|µs|ms|s|%|/s)?(?:\\s+each\\s+(\\S+))?");
  private static final List<String> EXAMPLES = List.of("p95<200ms", "errors<1%", "rps>500");

  /** What is looked at. */
  public sealed interface Measure {
    /**
     * @param percent such as 99.9
     */
    record Percentile(double percent) implements Measure {}

    record Mean() implements Measure {}

    record Max() implements Measure {}

    record ErrorRate() implements Measure {}

    record Throughput() implements Measure {}

    /** What the value's unit is called: {@code ms}, {@code %} or {@code /s}. */
    default String unit() {
      return switch (this) {
        case Percentile _, Mean _, Max _ -> "ms";
        case ErrorRate _ -> "%";
        case Throughput _ -> "/s";
      };
    }
  }

  /** How the value has to stand to the limit. */
  public enum Comparison {
    BELOW,
    AT_MOST,
    ABOVE,
    AT_LEAST;

    boolean holds(double value, double limit) {
      return switch (this) {
        case BELOW -> value < limit;
        case AT_MOST -> value <= limit;
        case ABOVE -> value > limit;
        case AT_LEAST -> value >= limit;
      };
    }
  }

  /**
   * @param value in the measure's unit; absent if there was nothing to measure, which fails the
   *     gate
   */
  public record Outcome(Gate gate, OptionalDouble value, Judgement judgement) {
    public boolean passed() {
      return judgement == Judgement.PASSED;
    }

    Outcome notJudged() {
      return new Outcome(gate, value, Judgement.NONE);
    }
  }

  /** Whether a gate was held against its value, and how that came out. */
  public enum Judgement {
    PASSED,
    MISSED,
    /** The test was interrupted: what was measured until then says nothing of the rest. */
    NONE;

    public static Judgement of(boolean passed) {
      return passed ? PASSED : MISSED;
    }
  }

  /**
   * Reads a gate. Measures are {@code p50}, {@code p95}, {@code p99.9} and so on ({@code p999} is
   * the same), {@code mean}, {@code max}, {@code errors} and {@code rps}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static Gate parse(String expression) {
    Matcher parts = SHAPE.matcher(expression.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + expression + "' is not a gate; gates look like " + String.join(", ", EXAMPLES));
    }
    Measure measure = measure(parts.group(2).toLowerCase(Locale.ROOT));
    double limit = Double.parseDouble(parts.group(4)) * unit(measure, parts.group(5), expression);
    return new Gate(
        expression.strip(),
        Optional.ofNullable(parts.group(1)),
        measure,
        comparison(parts.group(3)),
        limit,
        Optional.ofNullable(parts.group(6)).map(Gate::window));
  }

  private static Duration window(String text) {
    Duration window = Durations.parse(text);
    if (window.toSeconds() < 1 || !window.equals(Duration.ofSeconds(window.toSeconds()))) {
      throw new IllegalArgumentException("a window is whole seconds, such as each 10s");
    }
    return window;
  }

  /**
   * This gate, if it is about one of these tasks or all.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  Gate of(List<String> tasks) {
    if (task.isPresent() && !tasks.contains(task.get())) {
      throw new IllegalArgumentException(
          "'%s' is about no task; there is %s".formatted(expression, String.join(", ", tasks)));
    }
    return this;
  }

  Outcome judge(Measured measured) {
    return judged(value(measured));
  }

  /** Absent where there is nothing to measure. */
  OptionalDouble value(Measured measured) {
    return switch (measure) {
      case Measure.Percentile(double percent) ->
          millis(measured, latency -> latency.getValueAtPercentile(percent));
      case Measure.Mean _ -> millis(measured, Histogram::getMean);
      case Measure.Max _ -> millis(measured, Histogram::getMaxValue);
      case Measure.ErrorRate _ ->
          measured.requests() == 0
              ? OptionalDouble.empty()
              : OptionalDouble.of(measured.errorPercent());
      case Measure.Throughput _ -> OptionalDouble.of(measured.throughput());
    };
  }

  private static OptionalDouble millis(Measured measured, ToDoubleFunction<Histogram> nanos) {
    return measured.latency().getTotalCount() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(nanos.applyAsDouble(measured.latency()) / 1e6);
  }

  Outcome judged(OptionalDouble value) {
    boolean passed = value.isPresent() && comparison.holds(value.getAsDouble(), limit);
    return new Outcome(this, value, Judgement.of(passed));
  }

  /** The one of two values that is further from what is asked for. */
  OptionalDouble worse(OptionalDouble a, OptionalDouble b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    return OptionalDouble.of(
        switch (comparison) {
          case BELOW, AT_MOST -> Math.max(a.getAsDouble(), b.getAsDouble());
          case ABOVE, AT_LEAST -> Math.min(a.getAsDouble(), b.getAsDouble());
        });
  }

  private static Measure measure(String name) {
    return switch (name) {
      case "mean" -> new Measure.Mean();
      case "max" -> new Measure.Max();
      case "errors" -> new Measure.ErrorRate();
      case "rps" -> new Measure.Throughput();
      default -> new Measure.Percentile(percent(name));
    };
  }

  private static double percent(String name) {
    String digits = name.startsWith("p") ? name.substring(1) : "";
    boolean decimalsWithoutPoint = digits.matches("9[0-9]{2,5}");
    String number =
        decimalsWithoutPoint ? digits.substring(0, 2) + "." + digits.substring(2) : digits;
    if (!number.matches("[0-9]{1,3}(\\.[0-9]{1,6})?") || Double.parseDouble(number) > 100) {
      throw new IllegalArgumentException(
          "'" + name + "' can't be measured; it is p50 to p99.999, mean, max, errors or rps");
    }
    return Double.parseDouble(number);
  }

  private static Comparison comparison(String sign) {
    return switch (sign) {
      case "<" -> Comparison.BELOW;
      case "<=" -> Comparison.AT_MOST;
      case ">" -> Comparison.ABOVE;
      case ">=" -> Comparison.AT_LEAST;
      default -> throw new IllegalStateException(sign);
    };
  }

  /** What the written number is multiplied with to be in the measure's unit. */
  private static double unit(Measure measure, String written, String expression) {
    String unit = written == null ? "" : written;
    return switch (measure.unit() + " from " + unit) {
      case "ms from us", "ms from µs" -> 1e-3;
      case "ms from ms", "% from %", "/s from /s", "/s from " -> 1;
      case "ms from s" -> 1e3;
      default ->
          throw new IllegalArgumentException(
              "'"
                  + expression
                  + "' has the wrong unit; write one as "
                  + String.join(", ", EXAMPLES));
    };
  }

  @Override
  public String toString() {
    return expression;
  }
}
