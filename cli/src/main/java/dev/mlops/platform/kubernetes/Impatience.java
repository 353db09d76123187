package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Gives up where a server asks for a longer wait than a command may take without a word. */
final class Impatience implements Interceptor {
  static final String NAME = "mlops-impatience";

  private static final Duration LONGEST = Duration.ofSeconds(30);

  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
    String asked = response.header("Retry-After");
    if (asked != null && asked.matches("\\d{1,9}")) {
      Duration wait = Duration.ofSeconds(Long.parseLong(asked));
      if (wait.compareTo(LONGEST) > 0) {
        return CompletableFuture.failedFuture(
            Code.KUBERNETES_UNREACHABLE.problem(
                "The cluster has too much to do",
                "It asks to be left alone for " + wait.toSeconds() + " s.",
                "Wait that long, then run the command again: it carries on where it stopped."));
      }
    }
    return CompletableFuture.completedFuture(false);
  }
}
