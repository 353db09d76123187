package dev.mlops.platform.kubernetes;

import dev.mlops.manifest.Marked;
import dev.mlops.platform.Digest;
import dev.mlops.platform.Release;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a release from the labels and annotations of what runs it. */
final class ReleaseReader {
  private ReleaseReader() {}

  /** Empty if the object runs no release, or if somebody made its annotations unreadable. */
  static Optional<Release> of(HasMetadata workload) {
    Map<String, String> annotations = workload.getMetadata().getAnnotations();
    Map<String, String> labels = workload.getMetadata().getLabels();
    String image = annotations == null ? null : annotations.get(Marked.IMAGE);
    String name = labels == null ? null : labels.get(Marked.RELEASE);
    if (image == null || name == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Release(name, new Digest(image), facts(annotations)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> facts(Map<String, String> annotations) {
    Map<String, String> facts = new TreeMap<>();
    annotations.forEach((name, value) -> {
      if (name.startsWith(Marked.FACT)) {
        facts.put(name.substring(Marked.FACT.length()), value);
      }
    });
    return facts;
  }
}
