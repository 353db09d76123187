package dev.mlops.loadtest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stretch of the measured time, task by task.
 *
 * @param names of the tasks, in the order of the intervals
 */
record Measurement(List<String> names, List<Interval> tasks, double seconds) {
  Interval total() {
    if (tasks.size() == 1) {
      return tasks.getFirst();
    }
    Interval total = new Interval();
    tasks.forEach(total::add);
    return total;
  }

  /** Each task's figures, by its name. */
  Map<String, Totals> totals() {
    Map<String, Totals> totals = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      totals.put(names.get(i), Totals.of(tasks.get(i), seconds));
    }
    return totals;
  }

  /** What a gate is held against. */
  Measured of(Gate gate) {
    Interval interval =
        gate.task().map(task -> tasks.get(names.indexOf(task))).orElseGet(this::total);
    return Measured.of(interval, seconds);
  }
}
