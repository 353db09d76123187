package dev.mlops.loadtest;

import dev.mlops.config.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How many users there are, or how many requests a second, over the measured time: a level that
 * stays, rises and falls.
 */
public record Profile(List<Stage> stages) {
  private static final double HIGHEST = 1e6;
  private static final Pattern STAGE =
      Pattern.compile(
          "([0-9]{1,9}(?:\\.[0-9]{1,6})?)(?:\\.\\.([0-9]{1,9}(?:\\.[0-9]{1,6})?))?(?:\\s*/\\s*(\\S+))?");
  private static final String EXAMPLES = "100, 100..500, or 100/30s, 100..500/1m, 2000/10s";

  /**
   * A stretch in which the level goes evenly from one value to another.
   *
   * @param time how long; absent: as long as the others, so that all together fill the duration
   */
  public record Stage(double from, double to, Optional<Duration> time) {
    private double seconds() {
      return time.orElseThrow().toNanos() / 1e9;
    }

    /** The level after that time from this stage's beginning. */
    double at(double seconds) {
      return from + (to - from) * Math.clamp(seconds / seconds(), 0, 1);
    }

    @Override
    public String toString() {
      String level =
          from == to ? Figures.exact(from) : Figures.exact(from) + ".." + Figures.exact(to);
      return level + time.map(length -> "/" + Durations.format(length)).orElse("");
    }
  }

  /**
   * @throws IllegalArgumentException with a message for the user
   */
  public Profile {
    stages = List.copyOf(stages);
    long timed = stages.stream().filter(stage -> stage.time().isPresent()).count();
    if (timed != 0 && timed != stages.size()) {
      throw new IllegalArgumentException("give every stage its time, or none");
    }
    if (stages.stream().anyMatch(stage -> Math.max(stage.from(), stage.to()) > HIGHEST)) {
      throw new IllegalArgumentException("a level is at most 1,000,000");
    }
    if (stages.stream().allMatch(stage -> stage.from() == 0 && stage.to() == 0)) {
      throw new IllegalArgumentException("a level has to be above 0");
    }
  }

  public static Profile constant(double level) {
    return new Profile(List.of(new Stage(level, level, Optional.empty())));
  }

  /**
   * Reads {@code 100}, {@code 100..500} for a ramp, and several with their times, such as {@code
   * 100/30s, 2000/10s, 100/30s} for a spike.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static Profile parse(String text) {
    List<Stage> stages = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher stage = STAGE.matcher(part.strip());
      if (!stage.matches()) {
        throw new IllegalArgumentException("'" + text + "' is no level; write " + EXAMPLES);
      }
      double from = Double.parseDouble(stage.group(1));
      stages.add(
          new Stage(
              from,
              stage.group(2) == null ? from : Double.parseDouble(stage.group(2)),
              Optional.ofNullable(stage.group(3)).map(Profile::time)));
    }
    return new Profile(stages);
  }

  private static Duration time(String text) {
    Duration time = Durations.parse(text);
    if (time.isZero()) {
      throw new IllegalArgumentException("a stage has to be longer than nothing");
    }
    return time;
  }

  /** What the stages' own times add up to, if they have any. */
  Optional<Duration> ownTime() {
    return stages.stream().map(Stage::time).reduce(Profile::sum).orElseThrow();
  }

  private static Optional<Duration> sum(Optional<Duration> a, Optional<Duration> b) {
    return a.flatMap(first -> b.map(first::plus));
  }

  /** With a time for each stage. */
  Profile over(Duration total) {
    if (ownTime().isPresent()) {
      return this;
    }
    Duration each = total.dividedBy(stages.size());
    return new Profile(
        stages.stream()
            .map(stage -> new Stage(stage.from(), stage.to(), Optional.of(each)))
            .toList());
  }

  /**
   * Before its beginning and after its end it stays as it was there. Needs a time for each stage.
   */
  double at(double seconds) {
    double left = Math.max(0, seconds);
    for (Stage stage : stages) {
      if (left < stage.seconds()) {
        return stage.at(left);
      }
      left -= stage.seconds();
    }
    return stages.getLast().to();
  }

  double first() {
    return stages.getFirst().from();
  }

  double highest() {
    return stages.stream().mapToDouble(stage -> Math.max(stage.from(), stage.to())).max().orElse(0);
  }

  boolean isConstant() {
    return stages.stream().allMatch(stage -> stage.from() == first() && stage.to() == first());
  }

  @Override
  public String toString() {
    return stages.stream().map(Stage::toString).collect(Collectors.joining(", "));
  }
}
