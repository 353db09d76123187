package dev.mlops.platform;

/**
 * One environment of one project on one platform, as the ports that recipes use.
 *
 * @param kind such as {@code local}
 * @param target what a mutation is about to touch, for people: project, cluster, namespace
 */
public record Platform(
    String kind,
    String target,
    Images images,
    Workloads workloads,
    Switch power,
    Ownership ownership,
    Logs logs,
    Checks checks,
    Jobs jobs,
    Releases releases,
    Forwards forwards,
    Meters meters,
    Provisioning provisioning) {

  /** One that stands on what is there already. */
  public Platform(
      String kind,
      String target,
      Images images,
      Workloads workloads,
      Switch power,
      Ownership ownership,
      Logs logs,
      Checks checks,
      Jobs jobs,
      Releases releases,
      Forwards forwards,
      Meters meters) {
    this(
        kind,
        target,
        images,
        workloads,
        power,
        ownership,
        logs,
        checks,
        jobs,
        releases,
        forwards,
        meters,
        Provisioning.NONE);
  }
}
