package dev.mlops.platform.gcp;

import com.google.devtools.artifactregistry.v1.CleanupPolicy;
import com.google.devtools.artifactregistry.v1.CleanupPolicyCondition;
import com.google.devtools.artifactregistry.v1.CleanupPolicyMostRecentVersions;
import com.google.devtools.artifactregistry.v1.Repository;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What a repository removes by itself: what has no tag, after a month, but for the last ten. */
final class CleanUp {
  private static final int KEPT_VERSIONS = 10;
  private static final Duration KEPT_FOR = Duration.ofDays(30);

  /** As Google's command line takes what {@link #policies} says. */
  static final String TEXT =
      """
      [{"name": "keep-latest", "action": {"type": "Keep"}, \
      "mostRecentVersions": {"keepCount": %d}}, \
      {"name": "delete-untagged", "action": {"type": "Delete"}, \
      "condition": {"tagState": "untagged", "olderThan": "%dd"}}]\
      """
          .formatted(KEPT_VERSIONS, KEPT_FOR.toDays());

  private CleanUp() {}

  /** Each policy has its name twice, of which the key counts. */
  static boolean isIn(Repository found) {
    Map<String, CleanupPolicy> named = new TreeMap<>();
    found
        .getCleanupPoliciesMap()
        .forEach((name, policy) -> named.put(name, policy.toBuilder().setId(name).build()));
    return named.equals(policies());
  }

  static Map<String, CleanupPolicy> policies() {
    CleanupPolicy keep =
        CleanupPolicy.newBuilder()
            .setId("keep-latest")
            .setAction(CleanupPolicy.Action.KEEP)
            .setMostRecentVersions(
                CleanupPolicyMostRecentVersions.newBuilder().setKeepCount(KEPT_VERSIONS))
            .build();
    CleanupPolicy delete =
        CleanupPolicy.newBuilder()
            .setId("delete-untagged")
            .setAction(CleanupPolicy.Action.DELETE)
            .setCondition(
                CleanupPolicyCondition.newBuilder()
                    .setTagState(CleanupPolicyCondition.TagState.UNTAGGED)
                    .setOlderThan(
                        com.google.protobuf.Duration.newBuilder().setSeconds(KEPT_FOR.toSeconds())))
            .build();
    return Map.of(keep.getId(), keep, delete.getId(), delete);
  }
}
