package dev.mlops.command;

import dev.mlops.console.Console;
import dev.mlops.console.CostFacts;
import dev.mlops.lifecycle.CostRecipe;
import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Resource;
import dev.mlops.problem.MlopsException;
import java.util.List;

/** Asks before something is made that costs from then on. */
record Spending(Console console, Project project, Platform platform) {
  /**
   * @param only ids of what is to be made; all if empty
   * @param yes nobody is asked
   * @throws MlopsException if there is nobody to ask
   */
  boolean isAgreed(List<String> only, boolean yes) throws InterruptedException {
    for (Resource resource : platform.provisioning().resources()) {
      boolean isWanted = only.isEmpty() || only.contains(resource.id());
      if (isWanted && resource.bills() && isToBeMade(resource)) {
        console.say(price());
        return yes
            || console.confirm("Make it on " + platform.target() + "? [yes/no]", "yes", "--yes");
      }
    }
    return true;
  }

  /** What can't be looked at yet is not there; if it is, the run itself says what is wrong. */
  private static boolean isToBeMade(Resource resource) throws InterruptedException {
    try {
      return resource.look() instanceof Resource.State.Missing;
    } catch (MlopsException e) {
      return true;
    }
  }

  private String price() {
    return "This makes what is billed from then on: "
        + CostRecipe.known(project).flatMap(CostFacts::line).orElse("mlops cost");
  }
}
