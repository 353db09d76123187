package dev.mlops.platform.gcp;

import dev.mlops.platform.Check;
import dev.mlops.platform.Checks;
import java.util.List;

/**
 * The cluster's ladder, once there is a cluster: before that, its rungs say nothing.
 *
 * @param inCluster of platform kubernetes
 */
record GcpChecks(Site site, Checks inCluster) implements Checks {
  @Override
  public List<Check> before(Wanted wanted) {
    return onceThere(inCluster.before(wanted));
  }

  @Override
  public List<Check> running(Wanted wanted) {
    return onceThere(inCluster.running(wanted));
  }

  private List<Check> onceThere(List<Check> checks) {
    var cluster = new Presence(() -> ClusterResource.find(site).isPresent());
    var registry = new Presence(() -> new Registry(site).find().isPresent());
    return checks.stream()
        .<Check>map(
            check -> new OnceThere(check, check.id().equals("registry-push") ? registry : cluster))
        .toList();
  }

  /**
   * @param what the check is about
   */
  private record OnceThere(Check check, Presence what) implements Check {
    @Override
    public String id() {
      return check.id();
    }

    @Override
    public String title() {
      return check.title();
    }

    @Override
    public Result look() throws InterruptedException {
      return what.isThere()
          ? check.look()
          : new Result.NotApplicable("It is not there yet: mlops provision");
    }
  }
}
