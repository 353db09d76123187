package dev.mlops.command;

import static java.util.Objects.requireNonNullElse;

import picocli.CommandLine;

/** From the jar's manifest, with the JDK that runs it, as bug reports need both. */
final class ToolVersion implements CommandLine.IVersionProvider {
  /** {@code development} where no jar says it. */
  static String number() {
    return requireNonNullElse(
        ToolVersion.class.getPackage().getImplementationVersion(), "development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"mlops " + number() + ", Java " + Runtime.version()};
  }
}
