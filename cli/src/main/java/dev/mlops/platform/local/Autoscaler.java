package dev.mlops.platform.local;

import dev.mlops.manifest.WorkloadSpec.Autoscaling;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The algorithm of Kubernetes' HorizontalPodAutoscaler: for each goal the count times the ratio of
 * what is measured to what is aimed at, unless the two are within a tenth of each other; of these
 * counts the largest; of those asked for within the stabilization window the most cautious one.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details">Algorithm
 *     details</a>
 */
final class Autoscaler {
  private static final double TOLERANCE = 0.1;
  private static final int LEAST_STEP = 4;

  /**
   * What is measured of one goal.
   *
   * @param ratio of it to what is aimed at, averaged over the replicas that are measured
   * @param measured how many these are
   */
  record Reading(double ratio, int measured) {}

  private record Wish(long atSecond, int count) {}

  private final Autoscaling rules;
  private final Deque<Wish> wishes = new ArrayDeque<>();

  Autoscaler(Autoscaling rules) {
    this.rules = rules;
  }

  Autoscaling rules() {
    return rules;
  }

  /**
   * @param current how many replicas there shall be now
   * @param readings at least one
   * @param nowSecond on a clock that does not go back
   * @return how many there shall be from now on
   */
  int next(int current, List<Reading> readings, long nowSecond) {
    if (wishes.isEmpty()) {
      wishes.addLast(new Wish(nowSecond, current)); // nothing is known of the time before
    }
    int most = readings.stream().mapToInt(reading -> wish(current, reading)).max().orElseThrow();
    int wish = Math.clamp(most, rules.min(), rules.max());
    wishes.addLast(new Wish(nowSecond, wish));
    int longest = Math.max(rules.upWindow(), rules.downWindow());
    wishes.removeIf(old -> old.atSecond() <= nowSecond - longest);
    int up = Math.min(wish, since(nowSecond - rules.upWindow()).min().orElse(wish));
    int down = Math.max(wish, since(nowSecond - rules.downWindow()).max().orElse(wish));
    int step = Math.max(2 * current, current + LEAST_STEP);
    int next = Math.min(Math.clamp(current, up, down), step);
    return Math.clamp(next, rules.min(), rules.max());
  }

  private IntStream since(long second) {
    return wishes.stream().filter(wish -> wish.atSecond() > second).mapToInt(Wish::count);
  }

  private static int wish(int current, Reading reading) {
    double ratio = reading.ratio();
    int measured = reading.measured();
    if (Math.abs(1 - ratio) <= TOLERANCE) {
      return current;
    }
    int missing = current - measured;
    if (missing == 0) {
      return (int) Math.ceil(ratio * current);
    }
    // Replicas that can't be measured yet count as idle when there should be more, and as just
    // right when there should be fewer.
    double cautious =
        ratio > 1 ? ratio * measured / current : (ratio * measured + missing) / current;
    boolean turned = (ratio > 1) != (cautious > 1);
    return turned || Math.abs(1 - cautious) <= TOLERANCE
        ? current
        : (int) Math.ceil(cautious * current);
  }
}
