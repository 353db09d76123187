package dev.mlops.platform;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is deployed as one: an image, and what it is made of.
 *
 * @param name shown to people and unique within an environment: the image digest's brief form
 * @param image digest of the image's manifest
 * @param facts what else is known of it, such as {@code model} and {@code data} hashes, metrics and
 *     git commit, by name; carried as labels and annotations
 */
public record Release(String name, Digest image, Map<String, String> facts) {
  public Release {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }
}
