package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.client.Config;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies that a shell's variables name, as {@code kubectl} takes them; a kubeconfig's {@code
 * proxy-url} goes before them.
 */
record Proxies(Map<String, String> variables) {
  static Proxies ofProcess() {
    return new Proxies(System.getenv());
  }

  void addTo(Config config) {
    if (config.getHttpsProxy() != null || config.getHttpProxy() != null) {
      return;
    }
    variable("HTTPS_PROXY").ifPresent(config::setHttpsProxy);
    variable("HTTP_PROXY").ifPresent(config::setHttpProxy);
    variable("NO_PROXY").ifPresent(hosts -> config.setNoProxy(hosts.split("\\s*,\\s*")));
  }

  private Optional<String> variable(String name) {
    return Stream.of(name, name.toLowerCase(Locale.ROOT))
        .map(variables::get)
        .filter(value -> value != null && !value.isBlank())
        .findFirst();
  }
}
