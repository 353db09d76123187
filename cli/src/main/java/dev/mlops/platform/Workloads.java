package dev.mlops.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What runs of one project in one environment. */
public interface Workloads {
  /** Reads only. Never null; {@link Status.State#ABSENT} where nothing of ours is. */
  Status status();

  /** What goes wrong now, as the platform noted it; the newest first, the same only once. */
  default List<Event> events() {
    return List.of();
  }

  /** One line for each difference between what runs and what shall run; reads only. */
  List<String> compare(Desired desired);

  /** The objects as they would be applied, in that order; asks nobody. */
  default List<ObjectNode> render(Desired desired) {
    return desired.manifests();
  }

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

  /**
   * What one replica itself answers at a path, past any load balancer.
   *
   * @return empty if there is no way from here to a single replica
   * @throws IOException if it does not answer, or not with 200
   */
  default Optional<byte[]> ask(Status.Replica replica, String path)
      throws IOException, InterruptedException {
    return replica.endpoint().isEmpty()
        ? Optional.empty()
        : Optional.of(DirectLine.get(replica.endpoint().get(), path));
  }
}
