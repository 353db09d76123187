package dev.mlops.platform.local;

import dev.mlops.platform.Platform;

/** Opens the platform {@code local}; reads and starts nothing. */
public final class LocalPlatform {
  private LocalPlatform() {}

  public static Platform open(LocalSettings settings) {
    LocalFolder folder = settings.folder();
    Site site = settings.site();
    var link = new SupervisorLink(folder);
    var workloads = new LocalWorkloads(site, folder, link);
    return new Platform(
        "local",
        "this machine, " + site.address() + ", " + folder.fromHere(),
        new LocalImages(folder),
        workloads,
        new LocalSwitch(folder, link),
        new LocalOwnership(site, folder, link),
        new LocalLogs(folder),
        new LocalChecks(site, folder, link),
        new LocalJobs(folder),
        new LocalReleases(folder),
        new LocalForwards(workloads),
        new LocalMeters(folder, workloads));
  }
}
