package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.VersionInfo;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the API server answers, and is one that we can work with. */
record ClusterCheck(Site site) implements Check {
  private static final int OLDEST_MINOR = 25;

  /** Asked once, so that a dead cluster is told of before five seconds are over. */
  private static final RequestConfig IMPATIENT =
      new RequestConfigBuilder().withRequestTimeout(2_000).withRequestRetryBackoffLimit(0).build();

  @Override
  public String id() {
    return "cluster";
  }

  @Override
  public String title() {
    return "Cluster";
  }

  @Override
  public Result look() {
    VersionInfo version =
        site.ask(
            "read its version",
            client ->
                client
                    .adapt(io.fabric8.kubernetes.client.NamespacedKubernetesClient.class)
                    .withRequestConfig(IMPATIENT)
                    .call(impatient -> impatient.getKubernetesVersion()));
    Optional<Integer> minor = minor(version.getGitVersion());
    if (minor.isPresent() && minor.get() < OLDEST_MINOR) {
      throw Code.CLUSTER_VERSION.problem(
          "The cluster " + site.cluster().name() + " runs " + version.getGitVersion(),
          "mlops needs Kubernetes 1." + OLDEST_MINOR + " or newer.",
          "Upgrade the cluster, or choose another context");
    }
    return new Result.Fine("Kubernetes " + version.getGitVersion());
  }

  /** Of a version such as {@code v1.34.4-gke.1}; empty where it is none. */
  static Optional<Integer> minor(String version) {
    Matcher parts = Pattern.compile("v1\\.(\\d{1,4})\\b.*").matcher(version);
    return parts.matches() ? Optional.of(Integer.valueOf(parts.group(1))) : Optional.empty();
  }
}
