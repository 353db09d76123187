package dev.mlops.platform.gcp;

import com.google.iam.v1.TestIamPermissionsRequest;
import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether we may make what is missing: all rights in one question. Where the cluster is there,
 * whoever deploys needs none of them.
 */
record PermissionsCheck(Site site, Ground ground) implements Check {
  /** To the least of Google's roles that has it. */
  private static final Map<String, String> ROLES = new LinkedHashMap<>();

  static {
    need("roles/browser", "resourcemanager.projects.get");
    need(
        "roles/serviceusage.serviceUsageAdmin",
        "serviceusage.services.get",
        "serviceusage.services.enable");
    need(
        "roles/resourcemanager.projectIamAdmin",
        "resourcemanager.projects.getIamPolicy",
        "resourcemanager.projects.setIamPolicy");
    need(
        "roles/iam.serviceAccountAdmin",
        "iam.serviceAccounts.get",
        "iam.serviceAccounts.create",
        "iam.serviceAccounts.getIamPolicy",
        "iam.serviceAccounts.setIamPolicy");
    need("roles/iam.serviceAccountUser", "iam.serviceAccounts.actAs");
    need(
        "roles/artifactregistry.admin",
        "artifactregistry.repositories.get",
        "artifactregistry.repositories.create",
        "artifactregistry.repositories.update",
        "artifactregistry.repositories.getIamPolicy",
        "artifactregistry.repositories.setIamPolicy",
        "artifactregistry.repositories.downloadArtifacts",
        "artifactregistry.repositories.uploadArtifacts");
    need(
        "roles/container.admin",
        "container.clusters.get",
        "container.clusters.create",
        "container.clusters.update",
        "container.operations.get",
        "container.operations.list",
        "container.namespaces.create",
        "container.deployments.create",
        "container.services.create",
        "container.roles.create");
    need(
        "roles/compute.viewer",
        "compute.projects.get",
        "compute.regions.get",
        "compute.machineTypes.get");
  }

  private static final Map<String, String> FOR_WORKFLOWS =
      Map.of(
          "iam.workloadIdentityPools.get", "roles/iam.workloadIdentityPoolAdmin",
          "iam.workloadIdentityPools.create", "roles/iam.workloadIdentityPoolAdmin",
          "iam.workloadIdentityPoolProviders.get", "roles/iam.workloadIdentityPoolAdmin",
          "iam.workloadIdentityPoolProviders.create", "roles/iam.workloadIdentityPoolAdmin");

  private static void need(String role, String... rights) {
    for (String right : rights) {
      ROLES.put(right, role);
    }
  }

  @Override
  public String id() {
    return "gcp-rights";
  }

  @Override
  public String title() {
    return "Rights in the project";
  }

  @Override
  public Result look() throws InterruptedException {
    if (ground.hasCluster()) {
      return new Result.NotApplicable("The cluster is there.");
    }
    Map<String, String> wanted = new LinkedHashMap<>(ROLES);
    site.settings().github().ifPresent(_ -> wanted.putAll(FOR_WORKFLOWS));
    Optional<List<String>> given = given(wanted);
    if (given.isEmpty()) {
      return new Result.NotApplicable("The project is not there yet.");
    }
    wanted.keySet().removeAll(given.get());
    if (!wanted.isEmpty()) {
      throw missing(wanted);
    }
    return new Result.Fine("all rights");
  }

  private Optional<List<String>> given(Map<String, String> wanted) throws InterruptedException {
    if (!ground.hasProject()) {
      return Optional.empty();
    }
    TestIamPermissionsRequest request =
        TestIamPermissionsRequest.newBuilder()
            .setResource(site.projectName())
            .addAllPermissions(wanted.keySet())
            .build();
    return site.policy()
        .find(
            "see which rights there are in the project",
            () -> site.clients().projects().testIamPermissions(request).getPermissionsList());
  }

  private RuntimeException missing(Map<String, String> missing) {
    Map<String, String> byRole = new TreeMap<>();
    missing.forEach((right, role) -> byRole.merge(role, right, (a, b) -> a + ", " + b));
    return Code.GCP_DENIED.problem(
        "Rights are missing in the project "
            + site.project()
            + ":\n"
            + byRole.entrySet().stream()
                .map(entry -> entry.getKey() + " has " + entry.getValue())
                .collect(Collectors.joining("\n")),
        "They are needed to make what the environment stands on.",
        "gcloud projects add-iam-policy-binding "
            + site.project()
            + " --member=user:YOU --role="
            + byRole.keySet().iterator().next());
  }
}
