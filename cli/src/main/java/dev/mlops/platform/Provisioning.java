package dev.mlops.platform;

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

  /** In an order in which none needs a later one. */
  List<Resource> resources();

  /** Absent where there is nothing to verify. */
  default Optional<Verification> verification() {
    return Optional.empty();
  }
}
