package dev.mlops.service.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.service.identity.AccessTokens;
import dev.mlops.service.identity.MetadataServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;

/** Reads OpenTelemetry's own environment variables, as far as this service heeds them. */
public final class OtlpSettingsReader {
  private static final String PREFIX = "OTEL_EXPORTER_OTLP_";
  private static final String PATH = "/v1/traces";
  private static final String GOOGLE_PROJECT = "GOOGLE_CLOUD_PROJECT";
  private static final String PROTOCOL = "http/protobuf";

  private final Map<String, String> environment;
  private final Consumer<String> problems;

  /**
   * @param problems hears of each value that makes no sense; it names the variable
   */
  public OtlpSettingsReader(Map<String, String> environment, Consumer<String> problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** Nothing if spans go nowhere: by OTEL_TRACES_EXPORTER, or for want of an endpoint. */
  public Optional<OtlpSettings> read() {
    if (find("OTEL_SDK_DISABLED").filter("true"::equalsIgnoreCase).isPresent()) {
      return Optional.empty();
    }
    return switch (find("OTEL_TRACES_EXPORTER").orElse("")) {
      case "otlp" -> Optional.of(settings(endpoint().orElse("http://localhost:4318" + PATH)));
      case "" -> endpoint().map(this::settings);
      case "none" -> Optional.empty();
      case String other -> {
        problems.accept("OTEL_TRACES_EXPORTER must be otlp or none, not '" + other + "'");
        yield Optional.empty();
      }
    };
  }

  /**
   * The sampler's share of requests, if one is named.
   *
   * @return nothing if OTEL_TRACES_SAMPLER is not set
   */
  public Optional<Double> ratio() {
    return find("OTEL_TRACES_SAMPLER")
        .map(sampler ->
            switch (sampler) {
              case "parentbased_always_on" -> 1.0;
              case "parentbased_always_off" -> 0.0;
              case "parentbased_traceidratio" -> number("OTEL_TRACES_SAMPLER_ARG", 1, 0, 1);
              default -> {
                problems.accept(
                    "OTEL_TRACES_SAMPLER must be parentbased_always_on, parentbased_always_off or"
                        + " parentbased_traceidratio, not '"
                        + sampler
                        + "'");
                yield 0.0;
              }
            });
  }

  private OtlpSettings settings(String endpoint) {
    String protocol = own("PROTOCOL").orElse(PROTOCOL);
    if (!protocol.equals(PROTOCOL)) {
      problems.accept(PREFIX + "PROTOCOL must be " + PROTOCOL + ", not '" + protocol + "'");
    }
    URI address = uri(endpoint);
    return new OtlpSettings(
        address,
        pairs(own("HEADERS").orElse("")),
        tls(),
        isGoogles(address)
            ? Optional.of(new AccessTokens(MetadataServer.of(environment)))
            : Optional.empty(),
        Duration.ofMillis((long) number(PREFIX + "TIMEOUT", 10_000, 1, 600_000)),
        own("COMPRESSION").filter("gzip"::equals).isPresent(),
        resource(address),
        new OtlpSettings.Batch(
            (int) number("OTEL_BSP_MAX_QUEUE_SIZE", 2048, 1, 1_000_000),
            (int) number("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 512, 1, 100_000),
            Duration.ofMillis((long) number("OTEL_BSP_SCHEDULE_DELAY", 5000, 0, 600_000))));
  }

  private Optional<SSLSocketFactory> tls() {
    Optional<Path> chain = own("CLIENT_CERTIFICATE").map(Path::of);
    Optional<Path> key = own("CLIENT_KEY").map(Path::of);
    if (chain.isPresent() != key.isPresent()) {
      problems.accept(PREFIX + "CLIENT_CERTIFICATE and " + PREFIX + "CLIENT_KEY go together");
    }
    PemFiles files =
        new PemFiles(
            own("CERTIFICATE").map(Path::of),
            chain.flatMap(path -> key.map(of -> new PemFiles.Client(path, of))));
    if (files.isNone()) {
      return Optional.empty();
    }
    try {
      return Optional.of(files.sockets());
    } catch (IOException | GeneralSecurityException e) {
      problems.accept(PREFIX + "CERTIFICATE and CLIENT_…: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The one for traces as it stands; the one for all with the path of traces. */
  private Optional<String> endpoint() {
    return find(PREFIX + "TRACES_ENDPOINT")
        .or(() -> find(PREFIX + "ENDPOINT").map(all -> all.replaceFirst("/+$", "") + PATH));
  }

  private URI uri(String endpoint) {
    if (!endpoint.matches("https?://[^/\\s]+(/\\S*)?")) {
      problems.accept(PREFIX + "ENDPOINT must be an http or https address, not '" + endpoint + "'");
      return URI.create("http://localhost" + PATH);
    }
    return URI.create(endpoint);
  }

  /** Cloud Trace, which takes OTLP from whoever the pod is. */
  private static boolean isGoogles(URI address) {
    return address.getScheme().equals("https")
        && String.valueOf(address.getHost())
            .matches("telemetry(\\.[\\w-]+\\.rep)?\\.googleapis\\.com");
  }

  private Map<String, String> resource(URI address) {
    Map<String, String> resource = new LinkedHashMap<>();
    resource.put("service.name", "mlops");
    find("HOSTNAME").ifPresent(host -> resource.put("service.instance.id", host));
    if (isGoogles(address)) {
      find(GOOGLE_PROJECT).ifPresent(project -> resource.put("gcp.project_id", project));
    }
    resource.putAll(pairs(find("OTEL_RESOURCE_ATTRIBUTES").orElse("")));
    find("OTEL_SERVICE_NAME").ifPresent(name -> resource.put("service.name", name));
    resource.put("telemetry.sdk.name", "mlops");
    resource.put("telemetry.sdk.language", "java");
    resource.put("telemetry.sdk.version", Version.OWN);
    return resource;
  }

  /** {@code key=value,key=value}, percent-encoded. */
  private Map<String, String> pairs(String list) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : List.of(list.split(",", -1))) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.put(pair.substring(0, equals).strip(), decoded(pair.substring(equals + 1).strip()));
      } else if (!pair.isBlank()) {
        problems.accept("OTEL_ variables with a list take key=value, not '" + pair.strip() + "'");
      }
    }
    return pairs;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  private double number(String name, double otherwise, double min, double max) {
    Optional<String> value = find(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      double number = Double.parseDouble(value.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    problems.accept(
        "%s must be a number from %.0f to %.0f, not '%s'".formatted(name, min, max, value.get()));
    return otherwise;
  }

  /** The one for traces goes over the one for all signals. */
  private Optional<String> own(String name) {
    return find(PREFIX + "TRACES_" + name).or(() -> find(PREFIX + name));
  }

  private Optional<String> find(String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
