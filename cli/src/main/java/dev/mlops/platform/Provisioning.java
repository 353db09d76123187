package dev.mlops.platform;

import java.util.List;

/** What has to be there before anything can be deployed, where the platform can make it. */
public interface Provisioning {
  /** For platforms on which everything is there already. */
  Provisioning NONE = List::of;

  /** In an order in which none needs a later one. */
  List<Resource> resources();
}
