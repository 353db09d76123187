package dev.mlops.platform;

import java.util.List;
import java.util.function.Consumer;

/** What runs of one project in one environment. */
public interface Workloads {
  /** Reads only. Never null; {@link Status.State#ABSENT} where nothing of ours is. */
  Status status();

  /** One line for each difference between what runs and what shall run; reads only. */
  List<String> compare(Desired desired);

  /**
   * Rolls out, and returns once every replica is ready or, where it is paused, once the release is
   * taken in. On failure the former release runs on, unless the options say otherwise.
   *
   * @throws dev.mlops.problem.MlopsException with the cause of the failure, and what serves now
   */
  Status apply(Desired desired, ApplyOptions options, Consumer<String> progress)
      throws InterruptedException;

  default Status apply(Desired desired, Consumer<String> progress) throws InterruptedException {
    return apply(desired, ApplyOptions.USUAL, progress);
  }
}
