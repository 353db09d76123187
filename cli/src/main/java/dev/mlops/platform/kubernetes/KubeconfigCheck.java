package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether there is a way to the cluster at all, and credentials that are still good; nothing is
 * sent yet, but a program that fetches credentials is run.
 */
record KubeconfigCheck(Site site) implements Check {
  /** Tokens that live for an hour are renewed by whoever gave them. */
  private static final Duration SOON = Duration.ofMinutes(10);

  private static final String RENEW = "Log in again, as the cluster's provider says";

  @Override
  public String id() {
    return "kubeconfig";
  }

  @Override
  public String title() {
    return "Kubeconfig";
  }

  @Override
  public Result look() {
    Config config = site.cluster().client().getConfiguration();
    Instant now = Instant.now();
    List<Expiry> ends = Expiry.of(config).toList();
    ends.stream().filter(end -> end.isPast(now)).findFirst().ifPresent(this::refuse);
    Optional<Expiry> soon = ends.stream().filter(end -> end.isPast(now.plus(SOON))).findFirst();
    if (soon.isPresent()) {
      return new Result.Warning(
          soon.get().what() + " of the context expires at " + soon.get().until(), RENEW);
    }
    if (config.isTrustCerts()) {
      return new Result.Warning(
          "The certificate of " + config.getMasterUrl() + " is not verified",
          "Give the kubeconfig's cluster its certificate-authority");
    }
    return new Result.Fine("context " + site.cluster().name());
  }

  private void refuse(Expiry end) {
    throw Code.KUBERNETES_LOGIN.problem(
        end.what() + " of the context " + site.cluster().name() + " has expired",
        "It was good until " + end.until() + ".",
        RENEW);
  }
}
