package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.List;
import java.util.Optional;

/** How far a Job is. */
final class JobState {
  private JobState() {}

  static boolean isUnderWay(Job job) {
    return job.getMetadata().getDeletionTimestamp() == null
        && !isComplete(job)
        && failure(job).isEmpty();
  }

  static boolean isComplete(Job job) {
    return condition(job, "Complete").isPresent();
  }

  /** Why it was given up; the pods are ended after that. */
  static Optional<JobCondition> failure(Job job) {
    return condition(job, "Failed").or(() -> condition(job, "FailureTarget"));
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    List<JobCondition> all = job.getStatus() == null ? List.of() : job.getStatus().getConditions();
    return all.stream()
        .filter(condition -> condition.getType().equals(type))
        .filter(condition -> condition.getStatus().equals("True"))
        .findFirst();
  }
}
