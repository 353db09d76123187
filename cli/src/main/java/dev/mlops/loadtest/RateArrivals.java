package dev.mlops.loadtest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Moments spaced as a rate wants it. The n-th is where the rate, summed up over time, reaches n: it
 * is computed and not added up, so that no error grows.
 */
final class RateArrivals implements Arrivals {
  private final Level level;
  private final Share share;
  private final List<Profile.Stage> stages;
  private long stageStart;
  private double countBefore;
  private int stage;
  private long index;
  private Level.Change followed;
  private long next;

  /**
   * @param profile with times, from the measured time on; before it the rate is as at its beginning
   */
  RateArrivals(Profile profile, Duration warmUp, long start, Level level, Share share) {
    this.level = level;
    this.share = share;
    this.stages = new ArrayList<>(profile.stages());
    if (!warmUp.isZero()) {
      stages.addFirst(new Profile.Stage(profile.first(), profile.first(), Optional.of(warmUp)));
    }
    this.stageStart = start;
    this.index = share.index();
    this.next = planned();
  }

  @Override
  public long next() {
    Level.Change change = level.change();
    if (!Objects.equals(change, followed)) {
      followed = change;
      index = share.index();
      next = changed();
    }
    return next;
  }

  @Override
  public void take() {
    index += share.of();
    next = followed == null ? planned() : changed();
  }

  private long changed() {
    return followed.value() > 0
        ? followed.at() + (long) (index / followed.value() * 1e9)
        : WaitQueue.NEVER;
  }

  private long planned() {
    while (stage < stages.size()) {
      Profile.Stage now = stages.get(stage);
      double seconds = now.time().orElseThrow().toNanos() / 1e9;
      double count = (now.from() + now.to()) / 2 * seconds;
      double rest = index - countBefore;
      if (rest < count) {
        return stageStart + (long) (secondsUntil(rest, now, seconds) * 1e9);
      }
      countBefore += count;
      stageStart += now.time().orElseThrow().toNanos();
      stage++;
    }
    return WaitQueue.NEVER;
  }

  /** Solves from·x + slope/2·x² = count, in the form that is stable for a slope of nearly 0. */
  private static double secondsUntil(double count, Profile.Stage stage, double seconds) {
    double slope = (stage.to() - stage.from()) / seconds;
    double root = Math.sqrt(Math.max(0, stage.from() * stage.from() + 2 * slope * count));
    return count == 0 ? 0 : 2 * count / (stage.from() + root);
  }
}
