package dev.mlops.service.artifact;

import java.util.List;

/**
 * One of a few words; in a row, its index.
 *
 * @param categories sorted, as the data spells them
 */
public record CategoryFeature(String name, List<String> categories, boolean missing)
    implements Feature {
  public CategoryFeature {
    categories = List.copyOf(categories);
  }
}
