package dev.mlops.platform;

/**
 * How a release is applied, where the user has a choice.
 *
 * @param rollBack on failure the former release is brought back; else what failed is left as it is
 * @param forceConflicts values that others set are overwritten
 */
public record ApplyOptions(boolean rollBack, boolean forceConflicts) {
  public static final ApplyOptions USUAL = new ApplyOptions(true, false);
}
