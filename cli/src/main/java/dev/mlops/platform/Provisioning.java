package dev.mlops.platform;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What has to be there before anything can be deployed, where the platform can make it. */
public interface Provisioning {
  /** For platforms on which everything is there already. */
  Provisioning NONE = List::of;

  /** What can be looked at only once an image is there to look with. */
  interface Verification {
    Resource by(Digest image);
  }

  /**
   * What a person would do in place of a step, and where they would see that it is done.
   *
   * @param commands of the platform's own tools
   * @param page of the platform's console
   */
  record ByHand(List<String> commands, Optional<URI> page) {
    public static final ByHand UNKNOWN = new ByHand(List.of(), Optional.empty());

    public ByHand {
      commands = List.copyOf(commands);
    }
  }

  /**
   * @param step of any plan, by id; {@link ByHand#UNKNOWN} for what has no counterpart
   */
  default ByHand byHand(String step) {
    return ByHand.UNKNOWN;
  }

  /** Whose runs get in without a key. */
  default Federation federation() {
    return Federation.NONE;
  }

  /** In an order in which none needs a later one. */
  List<Resource> resources();

  /** Absent where there is nothing to verify. */
  default Optional<Verification> verification() {
    return Optional.empty();
  }

  /** Made only when it is named; may need what is in {@link #resources}. */
  default List<Resource> onDemand() {
    return List.of();
  }
}
