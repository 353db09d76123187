package dev.mlops.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds the gates against what is measured: those over windows while it goes on, all at the end.
 */
final class Outcomes {
  /** Before that an early end would be by chance. */
  private static final long FEWEST_REQUESTS = 100;

  private static final double SHORTEST_SECONDS = 5;

  private final List<Gate> gates;
  private final List<Gate> abortOn;
  private final List<Windows> windows = new ArrayList<>();

  /**
   * @param tasks their names, in the order of the intervals
   */
  Outcomes(LoadPlan.Goals goals, List<String> tasks) {
    this.gates = goals.gates();
    this.abortOn = goals.abortOn();
    for (Gate gate : all()) {
      gate.window()
          .ifPresent(
              length -> windows.add(new Windows(gate, index(gate, tasks), length.toNanos() / 1e9)));
    }
  }

  private static Optional<Integer> index(Gate gate, List<String> tasks) {
    return gate.task().map(tasks::indexOf);
  }

  private List<Gate> all() {
    List<Gate> all = new ArrayList<>(gates);
    abortOn.stream().filter(gate -> !gates.contains(gate)).forEach(all::add);
    return all;
  }

  /**
   * A stretch of the measured time.
   *
   * @param from seconds since its beginning
   */
  void add(Measurement stretch, double from) {
    windows.forEach(window -> window.add(stretch, from));
  }

  /** The gate that ends the test now, if one does. */
  Optional<Gate> breach(Measurement soFar) {
    boolean enough =
        soFar.total().requests() >= FEWEST_REQUESTS || soFar.seconds() >= SHORTEST_SECONDS;
    return abortOn.stream()
        .filter(gate ->
            gate.window().isPresent()
                ? windowsOf(gate).failed()
                : enough && !gate.judge(soFar.of(gate)).passed())
        .findFirst();
  }

  List<Gate.Outcome> judge(Measurement all) {
    return all().stream()
        .map(gate ->
            gate.window().isPresent()
                ? gate.judged(windowsOf(gate).finish(all))
                : gate.judge(all.of(gate)))
        .toList();
  }

  private Windows windowsOf(Gate gate) {
    return windows.stream().filter(window -> window.gate().equals(gate)).findFirst().orElseThrow();
  }
}
