package dev.mlops.service.trace;

import java.util.Objects;

/** The version of this service that its jar names. */
final class Version {
  static final String OWN =
      Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "0");

  private Version() {}
}
