package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.client.VersionInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the API server answers, and is one that we can work with. */
record ClusterCheck(Site site) implements Check {
  private static final int OLDEST_MINOR = 25;

  /** Enough for a machine that is busy, and not so long that a dead cluster holds anybody up. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

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
    VersionInfo version = ask();
    Optional<Integer> minor = minor(version.getGitVersion());
    if (minor.isPresent() && minor.get() < OLDEST_MINOR) {
      throw Code.CLUSTER_VERSION.problem(
          "The cluster " + site.cluster().name() + " runs " + version.getGitVersion(),
          "mlops needs Kubernetes 1." + OLDEST_MINOR + " or newer.",
          "Upgrade the cluster, or choose another context");
    }
    return new Result.Fine("Kubernetes " + version.getGitVersion());
  }

  /** The client is more patient than that, and asks several times. */
  private VersionInfo ask() {
    Cluster cluster = site.cluster();
    String address = cluster.client().getConfiguration().getMasterUrl();
    var answer = new CompletableFuture<VersionInfo>();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                answer.complete(
                    site.ask("read its version", client -> client.getKubernetesVersion()));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    try {
      return answer.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw Code.KUBERNETES_UNREACHABLE.problem(
          "The cluster " + cluster.name() + " does not answer",
          "Nothing came from " + address + " within " + LONGEST.toSeconds() + " s.",
          "kubectl --context " + cluster.name() + " version");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the cluster was asked", e);
    } finally {
      asking.interrupt();
    }
  }

  /** Of a version such as {@code v1.34.4-gke.1}; empty where it is none. */
  static Optional<Integer> minor(String version) {
    Matcher parts = Pattern.compile("v1\\.(\\d{1,4})\\b.*").matcher(version);
    return parts.matches() ? Optional.of(Integer.valueOf(parts.group(1))) : Optional.empty();
  }
}
