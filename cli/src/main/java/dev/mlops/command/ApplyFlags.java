package dev.mlops.command;

import dev.mlops.platform.ApplyOptions;
import picocli.CommandLine.Option;

/** The options of every verb that rolls out. */
final class ApplyFlags {
  @Option(
      names = "--no-rollback",
      description = "If a release does not come up, leave it as it is, so that you can look at it.")
  private boolean noRollback;

  @Option(
      names = "--force-conflicts",
      description = "Overwrite values in the cluster that somebody else has set.")
  private boolean forceConflicts;

  ApplyOptions options() {
    return new ApplyOptions(!noRollback, forceConflicts);
  }
}
