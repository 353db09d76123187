package dev.mlops.loadtest;

import java.util.List;

/** How much load there shall be now: by the plan, or as somebody said meanwhile. */
final class Level {
  /**
   * @param value users, or requests a second
   */
  record Change(double value, long at) {}

  private final long start;
  private final double[] from;
  private final double[] to;
  private final long[] length;
  private volatile Change change;

  private Level(List<Profile.Stage> stages, long start) {
    this.start = start;
    this.from = stages.stream().mapToDouble(Profile.Stage::from).toArray();
    this.to = stages.stream().mapToDouble(Profile.Stage::to).toArray();
    this.length =
        stages.stream().mapToLong(stage -> stage.time().orElseThrow().toNanos()).toArray();
  }

  static Level of(LoadPlan plan, Schedule schedule) {
    List<Profile.Stage> stages =
        switch (plan.load()) {
          case Load.Closed closed -> closed.users().over(plan.timing().duration()).stages();
          case Load.Open open -> open.rate().over(plan.timing().duration()).stages();
          case Load.Replay _ -> List.of();
        };
    return new Level(stages, schedule.measuredFrom());
  }

  /** Allocates nothing; a replay has no level, which is 0. */
  double at(long now) {
    Change said = change;
    return said != null ? said.value() : planned(Math.max(0, now - start));
  }

  private double planned(long nanos) {
    long left = nanos;
    for (int i = 0; i < length.length; i++) {
      if (left < length[i]) {
        return from[i] + (to[i] - from[i]) * left / length[i];
      }
      left -= length[i];
    }
    return to.length == 0 ? 0 : to[to.length - 1];
  }

  /** Sets the plan aside from now on. */
  void set(double value) {
    change = new Change(value, System.nanoTime());
  }

  /** What was said last, or null. */
  Change change() {
    return change;
  }
}
