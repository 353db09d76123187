package dev.mlops.command;

import picocli.CommandLine;

/** From the jar's manifest, with the JDK that runs it, as bug reports need both. */
final class ToolVersion implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = ToolVersion.class.getPackage().getImplementationVersion();
    return new String[] {
      "mlops " + (version == null ? "development" : version) + ", Java " + Runtime.version()
    };
  }
}
