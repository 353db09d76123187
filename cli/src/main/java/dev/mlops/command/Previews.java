package dev.mlops.command;

import dev.mlops.config.ConfigLoader;
import dev.mlops.config.Name;
import dev.mlops.problem.Code;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What previews are called, and which environment's platform they run on. */
final class Previews {
  private static final Pattern NAME = Pattern.compile("pr-([1-9][0-9]{0,8})");
  private static final int FIRST_PORT = 1024;
  private static final int PORTS = 65_536 - FIRST_PORT;
  private static final String DEVELOPMENT = "dev";

  private Previews() {}

  static String name(int number) {
    return "pr-" + number;
  }

  /** The number, if it is the name of a preview. */
  static OptionalInt number(String environment) {
    Matcher name = NAME.matcher(environment);
    return name.matches() ? OptionalInt.of(Integer.parseInt(name.group(1))) : OptionalInt.empty();
  }

  /** Each preview on one machine answers at a port of its own, and keeps it. */
  static int port(int base, int number) {
    return FIRST_PORT + (base - FIRST_PORT + number) % PORTS;
  }

  /** The environment of the config that says where previews run. */
  static String environment(Mlops mlops) {
    List<String> known = ConfigLoader.environments(mlops.source());
    return mlops
        .projectAsItRuns()
        .config()
        .ci()
        .preview()
        .environment()
        .map(Name::text)
        .orElseGet(() -> {
          if (known.contains(DEVELOPMENT)) {
            return DEVELOPMENT;
          }
          throw Code.CI_PREVIEW.problem(
              "Where previews run is not known",
              "There is no environment dev, and previews never run where production does.",
              "Set ci.preview.environment to one of: " + String.join(", ", known));
        });
  }
}
