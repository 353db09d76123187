package dev.mlops.config;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where Google's APIs are asked, if not at their public addresses. Written as {@code api=URL},
 * separated by commas.
 *
 * <p>{@code https} is for private endpoints; {@code grpc} and {@code http} are spoken in plaintext,
 * to this machine only and without credentials. {@code http} is REST.
 */
public record GcpEndpoints(Map<String, URI> byApi) {
  public static final List<String> APIS =
      List.of(
          "container",
          "artifactregistry",
          "iam",
          "iam-rest",
          "iamcredentials",
          "sts",
          "serviceusage",
          "cloudresourcemanager",
          "cloudbilling",
          "compute",
          "monitoring",
          "registry",
          "github");

  public static final GcpEndpoints PUBLIC = new GcpEndpoints(Map.of());

  public GcpEndpoints {
    byApi = Map.copyOf(byApi);
  }

  /**
   * @throws IllegalArgumentException with what is wrong, for the user
   */
  static GcpEndpoints parse(String text) {
    Map<String, URI> byApi = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        int equals = part.indexOf('=');
        String api = equals < 0 ? part.strip() : part.substring(0, equals).strip();
        if (!APIS.contains(api)) {
          throw new IllegalArgumentException(
              "there is no API '" + api + "'" + DidYouMean.hint(api, APIS));
        }
        byApi.put(api, address(equals < 0 ? "" : part.substring(equals + 1).strip()));
      }
    }
    return new GcpEndpoints(byApi);
  }

  public Optional<URI> of(String api) {
    return Optional.ofNullable(byApi.get(api));
  }

  /** Whether the address is this machine's own. */
  public static boolean isLoopback(URI address) {
    String host = address.getHost();
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }

  /** Whether what is sent there can be read on the way, so that no credentials are. */
  public static boolean isPlaintext(URI address) {
    return !address.getScheme().equals("https");
  }

  private static URI address(String text) {
    URI address = URI.create(text.replaceFirst("/+$", ""));
    if (address.getScheme() == null || address.getHost() == null) {
      throw new IllegalArgumentException("'" + text + "' is not an address, such as https://HOST");
    }
    switch (address.getScheme()) {
      case "https" -> {}
      case "http", "grpc" -> {
        if (!isLoopback(address)) {
          throw new IllegalArgumentException(
              text + " would be plaintext; only https leaves this machine");
        }
      }
      default -> throw new IllegalArgumentException(text + " is neither https, http nor grpc");
    }
    return address;
  }

  @Override
  public String toString() {
    return byApi.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
