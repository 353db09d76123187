package dev.mlops.loadtest;

import java.util.ArrayList;
import java.util.List;

/**
 * One axis of a chart.
 *
 * @param log whether equal ratios are equally far apart; min is above 0 then
 */
record Axis(double min, double max, boolean log) {
  private static final int TICKS = 5;

  /** From 0 to a little above the greatest value. */
  static Axis linear(double greatest) {
    double top = greatest > 0 ? greatest : 1;
    double step = step(top);
    return new Axis(0, Math.ceil(top / step * 1.0001) * step, false);
  }

  /** Whole decades around the values. */
  static Axis log(double least, double greatest) {
    double bottom = Math.pow(10, Math.floor(Math.log10(least)));
    double top = Math.pow(10, Math.ceil(Math.log10(greatest) + 1e-9));
    return new Axis(bottom, Math.max(top, bottom * 10), true);
  }

  /** Where a value stands, from 0 to 1. */
  double share(double value) {
    double share =
        log
            ? Math.log(Math.max(value, min) / min) / Math.log(max / min)
            : (value - min) / (max - min);
    return Math.clamp(share, 0, 1);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (log) {
      for (double tick = min; tick <= max * 1.001; tick *= 10) {
        ticks.add(tick);
      }
    } else {
      double step = step(max);
      for (int i = 0; i * step <= max * 1.0001; i++) {
        ticks.add(i * step);
      }
    }
    return ticks;
  }

  /** 1, 2 or 5 times a power of ten, so that there are about {@value #TICKS} steps. */
  private static double step(double range) {
    double rough = range / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double digit = rough / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }
}
