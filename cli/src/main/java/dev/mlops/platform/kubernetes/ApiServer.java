package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a cluster's API is, without a kubeconfig.
 *
 * @param certificate of the authority that signed the server's, PEM in Base64; absent if it is one
 *     that everybody trusts
 * @param token asked for at each request, so that it may change meanwhile
 * @param renew asks for another token, when the server takes the present one no longer
 */
public record ApiServer(
    URI address, Optional<String> certificate, Supplier<String> token, Runnable renew) {
  Config config() {
    ConfigBuilder config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(address.toString())
            .withOauthTokenProvider(token::get);
    certificate.ifPresent(config::withCaCertData);
    return config.build();
  }
}
