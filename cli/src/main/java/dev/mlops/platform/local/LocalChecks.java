package dev.mlops.platform.local;

import dev.mlops.platform.Check;
import dev.mlops.platform.Checks;
import java.util.List;

/** The ladder of this machine. */
record LocalChecks(Site site, LocalFolder folder, SupervisorLink link) implements Checks {
  @Override
  public List<Check> before(Wanted wanted) {
    return List.of(new PortCheck(site, folder, link));
  }

  @Override
  public List<Check> running(Wanted wanted) {
    return List.of(
        new JdkCheck(), new SupervisorCheck(folder, link), new ReplicasCheck(folder, link));
  }
}
