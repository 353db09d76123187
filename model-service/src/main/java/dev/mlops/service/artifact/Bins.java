package dev.mlops.service.artifact;

import dev.mlops.service.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many training rows had which values. */
public sealed interface Bins {
  List<Long> counts();

  /**
   * Bins of a number: below the first edge, from each edge up to the next, from the last edge up.
   *
   * @param edges ascending, without repeats
   * @param counts one more than edges
   */
  record Quantiles(List<Double> edges, List<Long> counts) implements Bins {
    public Quantiles {
      edges = List.copyOf(edges);
      counts = List.copyOf(counts);
    }
  }

  /**
   * @param values the classes, categories, or {@code false} and {@code true}
   * @param counts one for each value
   */
  record Values(List<String> values, List<Long> counts) implements Bins {
    public Values {
      values = List.copyOf(values);
      counts = List.copyOf(counts);
    }
  }

  static Bins read(Json json) {
    List<Long> counts = json.get("counts").list().stream().map(Json::whole).toList();
    Bins bins =
        json.find("edges").isPresent()
            ? new Quantiles(json.get("edges").numbers(), counts)
            : new Values(json.get("values").texts(), counts);
    int expected =
        switch (bins) {
          case Quantiles(List<Double> edges, _) -> edges.size() + 1;
          case Values(List<String> values, _) -> values.size();
        };
    if (counts.size() != expected) {
      throw json.get("counts").wrong("should hold " + expected + " counts");
    }
    return bins;
  }

  /** As profile.json writes it. */
  default Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (this) {
      case Quantiles(List<Double> edges, List<Long> counts) -> {
        json.put("edges", edges);
        json.put("counts", counts);
      }
      case Values(List<String> values, List<Long> counts) -> {
        json.put("values", values);
        json.put("counts", counts);
      }
    }
    return json;
  }
}
