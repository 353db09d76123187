package dev.mlops.platform.gcp;

import dev.mlops.manifest.Owner;
import dev.mlops.platform.Digest;
import java.util.Map;
import java.util.TreeMap;

/** What our things are called, and how they are marked: the same in every run. */
record Names(String projectId, Owner owner) {
  private static final int ACCOUNT = 30;
  private static final int POOL = 32;
  private static final int HASH = 6;

  /** As Google takes labels: no dots, no slashes. */
  Map<String, String> labels() {
    return new TreeMap<>(
        Map.of(
            "managed-by", Owner.TOOL,
            "mlops-project", owner.project(),
            "mlops-environment", owner.environment()));
  }

  boolean areOurs(Map<String, String> labels) {
    return labels.entrySet().containsAll(labels().entrySet());
  }

  /** For what has no labels: accounts, pools, providers. */
  String marker() {
    return "Made by mlops for " + owner.project() + ", environment " + owner.environment();
  }

  /**
   * A service account's id.
   *
   * @param role what it is for, such as {@code nodes}
   */
  String account(String role) {
    return fit(owner.project() + "-" + owner.environment(), "-" + role, ACCOUNT);
  }

  String email(String role) {
    return account(role) + "@" + projectId + ".iam.gserviceaccount.com";
  }

  /** The id of the pool in which GitHub's workflows are known. */
  String pool() {
    return fit(owner.project() + "-" + owner.environment(), "-ci", POOL);
  }

  /** The pool of the project's clusters, in which pods are known. */
  String workloadPool() {
    return projectId + ".svc.id.goog";
  }

  /** Cut where it is too long, with a hash that keeps it unique. */
  private static String fit(String base, String end, int most) {
    String whole = base + end;
    if (whole.length() <= most) {
      return whole;
    }
    String hash = "-" + Digest.of(base).hex().substring(0, HASH);
    String cut = base.substring(0, most - end.length() - hash.length());
    return cut.replaceFirst("-+$", "") + hash + end;
  }
}
