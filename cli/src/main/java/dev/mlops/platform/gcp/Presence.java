package dev.mlops.platform.gcp;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;

/** Whether something is there, asked once; what may not be seen counts as not there. */
final class Presence {
  private final Policy.Look look;
  private boolean isAsked;
  private boolean isThere;

  Presence(Policy.Look look) {
    this.look = look;
  }

  synchronized boolean isThere() throws InterruptedException {
    if (!isAsked) {
      isThere = ask();
      isAsked = true;
    }
    return isThere;
  }

  private boolean ask() throws InterruptedException {
    try {
      return look.isThere();
    } catch (MlopsException e) {
      if (e.problem().code() == Code.GCP_DENIED) {
        return false;
      }
      throw e;
    }
  }
}
