package dev.mlops.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What can be looked at when something is about to be deployed, or has gone wrong. */
public interface Checks {
  /**
   * What is about to be deployed, as far as it is known before the work.
   *
   * @param architecture of the image, such as {@code amd64}; absent while unknown
   * @param manifests the user's own, as they stand
   * @param image that is built; absent while there is none
   */
  record Wanted(Optional<String> architecture, List<ObjectNode> manifests, Optional<Built> image) {
    public Wanted {
      manifests = List.copyOf(manifests);
    }
  }

  /**
   * An image that is here.
   *
   * @param isModel whether it holds our model service, and so knows that one's commands
   */
  record Built(Digest digest, boolean isModel) {}

  /**
   * What has to hold before anything is changed, in the order of the ladder: the first is the one
   * without which the others say nothing. All together take less than five seconds.
   */
  List<Check> before(Wanted wanted);

  /**
   * What has to hold for it to run and while it does, in the order of the ladder; {@link #before}
   * has been looked at.
   */
  List<Check> running(Wanted wanted);
}
