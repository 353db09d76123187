package dev.mlops.config;

import java.util.List;

/** A section whose keys must fit each other. */
public interface Checked {
  /**
   * What does not fit; asked once every key has been read.
   *
   * @param key the key to point at, relative to the section
   * @param message in the form of "is below min (3)"
   */
  record Fault(String key, String message) {}

  List<Fault> faults();
}
