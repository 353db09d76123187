package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * The client's own way with tokens, which asks again for the token after a 401; here for a new one,
 * since it may have been revoked before its time.
 */
final class TokenRenewal extends TokenRefreshInterceptor {
  private final Runnable renew;

  TokenRenewal(Config config, Runnable renew) {
    super(
        config,
        Instant.now(),
        _ -> CompletableFuture.completedFuture(config.getOauthTokenProvider().getToken()));
    this.renew = renew;
  }

  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder request, HttpResponse<?> response, RequestTags tags) {
    if (!shouldFail(response)) {
      renew.run();
    }
    return super.afterFailure(request, response, tags);
  }
}
