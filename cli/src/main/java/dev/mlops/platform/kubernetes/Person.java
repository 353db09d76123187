package dev.mlops.platform.kubernetes;

import java.util.Map;

/** Who is at work, as a release remembers it. */
final class Person {
  private Person() {}

  /** In CI whoever set the job off; else the user of this machine. */
  static String name(Map<String, String> environment) {
    String actor = environment.getOrDefault("GITHUB_ACTOR", "");
    return actor.isEmpty() ? System.getProperty("user.name") : actor;
  }
}
