package dev.mlops.ci;

import dev.mlops.config.PlatformKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a repository on GitHub needs beside the files: environments and their variables. */
record Setup(List<Environment> environments) {
  static final String PREVIEWS = "preview";

  private static final Map<String, String> OF_GCP =
      Map.of(
          "GCP_SERVICE_ACCOUNT", "the account that the runs act as",
          "GCP_WORKLOAD_IDENTITY_PROVIDER", "the provider that takes the runs' tokens");

  private static final Map<String, String> OF_CLUSTERS =
      Map.of(
          "KUBE_CA", "the cluster's certificate authority, in base64",
          "KUBE_SERVER", "the cluster's address; none: the runner has a kubeconfig of its own");

  /**
   * @param name on GitHub
   * @param branches that may deploy to it; empty: any, as for pull requests
   * @param variables that the workflows read, with what each is
   */
  record Environment(
      String name, PlatformKind platform, List<String> branches, Map<String, String> variables) {}

  static Setup of(Delivery delivery) {
    Map<String, Environment> byName = new LinkedHashMap<>();
    for (Delivery.Route route : delivery.routes()) {
      Delivery.Place place = route.place();
      Environment before =
          byName.getOrDefault(
              place.environment(), environment(place.environment(), place.platform()));
      List<String> branches = new ArrayList<>(before.branches());
      branches.add(route.branch());
      byName.put(
          place.environment(),
          new Environment(before.name(), before.platform(), branches, before.variables()));
    }
    delivery
        .preview()
        .ifPresent(place -> byName.put(PREVIEWS, environment(PREVIEWS, place.platform())));
    return new Setup(List.copyOf(byName.values()));
  }

  private static Environment environment(String name, PlatformKind platform) {
    Map<String, String> variables =
        switch (platform) {
          case GCP -> OF_GCP;
          case KUBERNETES -> OF_CLUSTERS;
          case LOCAL, AWS, AZURE -> Map.of();
        };
    return new Environment(name, platform, List.of(), variables);
  }
}
