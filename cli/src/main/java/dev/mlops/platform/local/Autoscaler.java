package dev.mlops.platform.local;

import dev.mlops.manifest.WorkloadSpec.Autoscaling;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * The algorithm of Kubernetes' HorizontalPodAutoscaler for one CPU target: the count times the
 * ratio of use to target, unless the two are within a tenth of each other; of the counts asked for
 * within the stabilization window the most cautious one.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details">Algorithm
 *     details</a>
 */
final class Autoscaler {
  private static final double TOLERANCE = 0.1;
  private static final int LEAST_STEP = 4;

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
   * @param measured how many have been measured
   * @param percent their average use of the CPU request
   * @param nowSecond on a clock that does not go back
   * @return how many there shall be from now on
   */
  int next(int current, int measured, double percent, long nowSecond) {
    if (wishes.isEmpty()) {
      wishes.addLast(new Wish(nowSecond, current)); // nothing is known of the time before
    }
    int wish = Math.clamp(wish(current, measured, percent), rules.min(), rules.max());
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

  private int wish(int current, int measured, double percent) {
    double ratio = percent / rules.cpuPercent();
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
