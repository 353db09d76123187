package dev.mlops.platform.gcp;

import dev.mlops.platform.Check;
import dev.mlops.platform.Resource.State;

/** Whether the project is there and billed, or can be made so. */
record ProjectCheck(Site site) implements Check {
  @Override
  public String id() {
    return "gcp-project";
  }

  @Override
  public String title() {
    return "Project and billing";
  }

  @Override
  public Result look() throws InterruptedException {
    return switch (new ProjectResource(site).look()) {
      case State.Ready ready -> new Result.Fine("project " + ready.detail());
      case State.Missing missing -> new Result.Fine(missing.what() + " is to be made");
      case State.Differs _ ->
          new Result.Fine("project " + site.project() + " is to be linked to a billing account");
    };
  }
}
