package dev.mlops.loadtest;

import dev.mlops.config.Checked;
import java.util.List;
import java.util.function.Function;

/** Turns what a parser refuses into the fault of a key. */
final class Faults {
  private Faults() {}

  static void parse(
      String key, String text, Function<String, ?> parser, List<Checked.Fault> faults) {
    try {
      var _ = parser.apply(text);
    } catch (IllegalArgumentException e) {
      faults.add(new Checked.Fault(key, e.getMessage()));
    }
  }
}
