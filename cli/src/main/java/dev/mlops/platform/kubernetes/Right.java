package dev.mlops.platform.kubernetes;

import java.util.List;

/**
 * What the tool asks of a cluster's access control.
 *
 * @param group of the API, empty for the core's
 * @param resource as the API names it, such as {@code deployments} or {@code pods/log}
 * @param purpose what goes without it, for people
 */
record Right(String group, String resource, List<String> verbs, Place place, String purpose) {
  /** Where the right has to be given, and whether anything goes without it. */
  enum Place {
    /** In the environment's namespace. */
    NAMESPACE,
    /** In the environment's namespace; without it less is told. */
    NAMESPACE_OPTIONAL,
    /** In the whole cluster; without it less is told. */
    CLUSTER_OPTIONAL
  }

  Right {
    verbs = List.copyOf(verbs);
  }

  /** Such as {@code create deployments.apps}. */
  String title(String verb) {
    return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
  }
}
