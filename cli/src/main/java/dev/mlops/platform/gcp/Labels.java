package dev.mlops.platform.gcp;

import java.util.stream.Collectors;

/** Our labels as Google's command line writes them. */
final class Labels {
  private Labels() {}

  static String text(Site site) {
    return site.names().labels().entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }
}
