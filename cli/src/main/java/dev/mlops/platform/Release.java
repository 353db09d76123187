package dev.mlops.platform;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is deployed as one: an image, and what it is made of.
 *
 * @param name shown to people and unique within an environment: the image digest's brief form
 * @param image digest of the image's manifest
 * @param facts what else is known of it, by name, such as {@link #MODEL}; the labels of its image,
 *     carried as annotations
 */
public record Release(String name, Digest image, Map<String, String> facts) {
  /** Digest of the model's artifact; a service of the user's own has none. */
  public static final String MODEL = "dev.mlops.model";

  /** Digest of the data that the model was trained with. */
  public static final String DATA = "dev.mlops.data";

  /** Before the name of each figure that training measured, such as {@code accuracy}. */
  public static final String METRIC = "dev.mlops.metric.";

  public Release {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }

  public boolean isModel() {
    return facts.containsKey(MODEL);
  }

  /** What training measured, by name. */
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new TreeMap<>();
    facts.forEach((name, value) -> {
      if (name.startsWith(METRIC)) {
        metrics.put(name.substring(METRIC.length()), Double.valueOf(value));
      }
    });
    return metrics;
  }

  /** One line for each fact that is another one, or none, in {@code after}. */
  public List<String> factsChangedIn(Release after) {
    var names = new TreeSet<>(facts.keySet());
    names.addAll(after.facts.keySet());
    return names.stream()
        .filter(name -> !fact(name).equals(after.fact(name)))
        .map(name -> name + " " + fact(name) + " → " + after.fact(name))
        .toList();
  }

  private String fact(String name) {
    return facts.getOrDefault(name, "(none)");
  }
}
