package dev.mlops.command;

import dev.mlops.platform.ApplyOptions;
import picocli.CommandLine.Option;

/** The options of every verb that rolls out. */
final class ApplyFlags {
  @Option(
      names = "--no-rollback",
      description = "Leave a release that does not come up as it is, to be looked at.")
  private boolean noRollback;

  @Option(
      names = "--force-conflicts",
      description = "Overwrite values in the cluster that somebody else has set.")
  private boolean forceConflicts;

  ApplyOptions options() {
    return new ApplyOptions(!noRollback, forceConflicts);
  }
}
