package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Platform gcp: Google Kubernetes Engine. */
public record Gcp(
    @Doc("Project id. The project is created if it does not exist.") Optional<String> project,
    @Doc("Billing account to link the project to if it has none, such as 012345-6789AB-CDEF01.")
        Optional<String> billingAccount,
    @Doc("Where to create the project: organizations/NUMBER or folders/NUMBER.")
        Optional<String> parent,
    @Doc("Region or zone: where the cluster and the images are.") String location,
    @Doc("The cluster.") GcpCluster cluster,
    @Doc("Repository in Artifact Registry.") String repository,
    @Doc("Use a cluster and a repository that mlops did not create; they are never removed.")
        Boolean adopt,
    @Doc(
            "How pods get at Google's APIs. direct: as their ServiceAccount. impersonation: by a"
                + " service account of Google's, which libraries of before 2024 need.")
        Identity mode,
    @Doc("Project roles of the pods, besides writing traces and metrics.") List<String> roles,
    @Doc("Which runs of the GitHub repository of key ci.repository are let in.") GitHubRuns github,
    @Doc("Other addresses for Google's APIs, as api=URL separated by commas.")
        GcpEndpoints endpoints)
    implements Checked {
  static final String REGION = "[a-z]+(-[a-z]+)+[0-9]+";
  static final String ZONE = REGION + "-[a-z]";

  /** How a pod is known to Google. */
  public enum Identity {
    DIRECT,
    IMPERSONATION
  }

  /** A repository by the ids that stay when it is renamed, and its runs. */
  public record GitHubRuns(
      @Doc(
              "Id of the repository, where GitHub does not show it to everybody: gh api"
                  + " repos/OWNER/NAME --jq .id")
          Optional<String> repositoryId,
      @Doc("Id of its owner: gh api repos/OWNER/NAME --jq .owner.id") Optional<String> ownerId,
      @Doc(
              "Only jobs of this environment on GitHub are let in, so that nobody gets past its"
                  + " reviewers and branches. Unset, all jobs of the repository.")
          Optional<String> environment)
      implements Checked {
    @Override
    public List<Fault> faults() {
      List<Fault> faults = new ArrayList<>();
      check(faults, "repositoryId", repositoryId, "[0-9]+", "a number");
      check(faults, "ownerId", ownerId, "[0-9]+", "a number");
      check(faults, "environment", environment, "[\\w.-]+", "a name");
      return faults;
    }
  }

  public Gcp {
    location = requireNonNullElse(location, "us-central1");
    repository = requireNonNullElse(repository, "mlops-images");
    adopt = requireNonNullElse(adopt, false);
    mode = requireNonNullElse(mode, Identity.DIRECT);
    roles = roles == null ? List.of() : List.copyOf(roles);
    endpoints = requireNonNullElse(endpoints, GcpEndpoints.PUBLIC);
  }

  /** Whether {@link #location} is one zone. */
  public boolean isZonal() {
    return isZone(location);
  }

  /** Whether it is one zone, and no region. */
  public static boolean isZone(String place) {
    return place.matches(ZONE);
  }

  /** The location, or the region that its zone is in. */
  public String region() {
    return isZonal() ? location.substring(0, location.lastIndexOf('-')) : location;
  }

  @Override
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    check(
        faults,
        "project",
        project,
        "[a-z][a-z0-9-]{4,28}[a-z0-9]",
        "a project id, such as my-project");
    check(
        faults,
        "billingAccount",
        billingAccount,
        "([0-9A-F]{6}-){2}[0-9A-F]{6}",
        "a billing account");
    check(
        faults, "parent", parent, "(organizations|folders)/[0-9]+", "organizations/N or folders/N");
    check(faults, "location", Optional.of(location), REGION + "(-[a-z])?", "a region or zone");
    check(
        faults, "repository", Optional.of(repository), "[a-z]([a-z0-9-]{0,61}[a-z0-9])?", "a name");
    if (cluster.kind() == GcpCluster.Kind.AUTOPILOT && isZonal()) {
      faults.add(new Fault("location", "autopilot has no zonal clusters; name a region"));
    }
    for (String zone : cluster.zones()) {
      if (!zone.startsWith(region() + "-")) {
        faults.add(new Fault("cluster.zones", "'" + zone + "' is not in " + region()));
      }
    }
    for (String role : roles) {
      check(
          faults,
          "roles",
          Optional.of(role),
          "(roles|projects/[\\w:.-]+/roles|organizations/\\d+/roles)/[\\w.]+",
          "a role, such as roles/storage.objectViewer");
    }
    return faults;
  }

  private static void check(
      List<Fault> faults, String key, Optional<String> value, String pattern, String expected) {
    if (value.isPresent() && !value.get().matches(pattern)) {
      faults.add(new Fault(key, "expected " + expected + ", got '" + value.get() + "'"));
    }
  }
}
