package dev.mlops.platform.gcp;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;

/** What has a name of ours, and was made by somebody else. */
final class Foreign {
  private static final String ADOPT = "Set gcp.adopt: true to use it as it is, or ";

  private Foreign() {}

  /**
   * Of what bears our mark in its description.
   *
   * @param what such as "service account NAME"
   */
  static MlopsException undescribed(Site site, String what) {
    return problem(
        what,
        "Its description is not \"" + site.names().marker() + "\".",
        ADOPT + "rename the project in the config");
  }

  /**
   * Of what bears our labels.
   *
   * @param key of the config that names another one
   */
  static MlopsException unlabelled(Site site, String what, String key) {
    return problem(
        what, "It lacks the labels " + Labels.text(site) + ".", ADOPT + "choose another " + key);
  }

  static MlopsException problem(String what, String why, String next) {
    return Code.GCP_FOREIGN.problem("There is a " + what + " that mlops did not make", why, next);
  }
}
