package dev.mlops.platform.gcp;

import java.net.URI;
import java.util.Optional;

/** Where Google's console shows what a step makes. */
record ConsolePages(Site site) {
  private static final String CONSOLE = "https://console.cloud.google.com/";

  /**
   * @param resource by id
   */
  Optional<URI> of(String resource) {
    String place = site.config().location();
    String path =
        switch (resource) {
          case ProjectResource.ID -> "home/dashboard";
          case Apis.ID -> "apis/dashboard";
          case NodeAccount.ID -> "iam-admin/serviceaccounts";
          case Roles.ID, PodIdentity.ID -> "iam-admin/iam";
          case CiIdentity.ID -> "iam-admin/workload-identity-pools/pool/" + site.names().pool();
          case Registry.ID ->
              "artifacts/docker/"
                  + site.project()
                  + "/"
                  + site.config().region()
                  + "/"
                  + site.config().repository();
          case ClusterResource.ID ->
              "kubernetes/clusters/details/" + place + "/" + site.config().cluster().name();
          case Watch.ID -> "monitoring/dashboards";
          case Access.ID -> "kubernetes/workload/overview";
          default -> "";
        };
    return path.isEmpty()
        ? Optional.empty()
        : Optional.of(URI.create(CONSOLE + path + "?project=" + site.project()));
  }
}
