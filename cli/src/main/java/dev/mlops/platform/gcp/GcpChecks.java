package dev.mlops.platform.gcp;

import dev.mlops.platform.Check;
import dev.mlops.platform.Checks;
import java.util.ArrayList;
import java.util.List;

/**
 * Google's own ladder, then the cluster's once there is one: before that, its rungs say nothing.
 *
 * @param inCluster of platform kubernetes
 */
record GcpChecks(Site site, Checks inCluster) implements Checks {
  @Override
  public List<Check> before(Wanted wanted) {
    List<Check> all = new ArrayList<>(ofGoogle());
    all.addAll(onceThere(inCluster.before(wanted)));
    return all;
  }

  @Override
  public List<Check> running(Wanted wanted) {
    List<Check> all = new ArrayList<>(List.of(new CallerCheck(site), new ProjectCheck(site)));
    all.addAll(onceThere(inCluster.running(wanted)));
    return all;
  }

  /** What would otherwise be known after minutes. */
  List<Check> ofGoogle() {
    var ground = new Ground(site);
    return List.of(
        new CallerCheck(site),
        new ProjectCheck(site),
        new PermissionsCheck(site, ground),
        new OrganizationCheck(site),
        new PlaceCheck(site, ground),
        new NodeQuotaCheck(site, ground));
  }

  private List<Check> onceThere(List<Check> checks) {
    var cluster = new Presence(() -> new Ground(site).hasCluster());
    var registry = new Presence(() -> new Ground(site).hasRepository());
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
