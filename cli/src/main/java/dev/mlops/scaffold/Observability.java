package dev.mlops.scaffold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.PodAnnotations;
import dev.mlops.problem.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What lets others watch a service: a dashboard, alerts, the rule of the autoscaler's metric, and
 * how its replicas are scraped.
 */
public record Observability(Watched service, Scraping scraping) {
  private static final String FOLDER = "observability/";
  private static final String ALERTS = "alerts.yaml";

  /**
   * @param image as containers of the manifests name it
   * @param checks paths that are no traffic
   * @param manifests their folder in the project, with a slash at its end
   */
  public record Watched(
      String name, String image, int port, List<String> checks, String manifests) {
    static Watched asInTemplates(String name) {
      return new Watched(name, name, 8000, List.of("/live_check", "/ready_check"), "k8s/");
    }
  }

  /** Those that are new; of the user's own manifests one gets annotations besides. */
  List<String> files() {
    return switch (scraping) {
      case ANNOTATIONS ->
          List.of(FOLDER + "dashboard.json", FOLDER + ALERTS, FOLDER + "prometheus-adapter.yaml");
      case PODMONITOR ->
          List.of(
              FOLDER + "dashboard.json",
              FOLDER + "prometheus-adapter.yaml",
              service.manifests() + "podmonitor.yaml",
              service.manifests() + "prometheusrule.yaml");
      case PODMONITORING ->
          List.of(FOLDER + "dashboard.json", service.manifests() + "podmonitoring.yaml");
    };
  }

  /**
   * Texts by path, the changed manifest among them.
   *
   * @param manifests texts of the project's manifests by path
   * @param workload the Deployment that runs the image
   */
  public Map<String, String> texts(Map<String, String> manifests, ObjectNode workload) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String file : files()) {
      String name = file.substring(file.lastIndexOf('/') + 1);
      texts.put(
          file,
          switch (name) {
            case "podmonitor.yaml" -> podMonitor(workload);
            case "podmonitoring.yaml" -> podMonitoring(workload);
            case "prometheusrule.yaml" -> rule();
            default -> template(name);
          });
    }
    if (scraping == Scraping.ANNOTATIONS) {
      texts.putAll(annotated(manifests));
    }
    return texts;
  }

  private Map<String, String> annotated(Map<String, String> manifests) {
    Map<String, String> annotations = new TreeMap<>();
    annotations.put("prometheus.io/scrape", "true");
    annotations.put("prometheus.io/port", Integer.toString(service.port()));
    annotations.put("prometheus.io/path", "/metrics");
    for (Map.Entry<String, String> file : manifests.entrySet()) {
      Optional<String> text = PodAnnotations.add(file.getValue(), service.image(), annotations);
      if (text.isPresent()) {
        return text.get().equals(file.getValue()) ? Map.of() : Map.of(file.getKey(), text.get());
      }
    }
    throw Code.MANIFEST_NOT_ANNOTATED.problem(
        "The pods can't be annotated for scraping",
        "No file in "
            + service.manifests()
            + " has a Deployment of the image `"
            + service.image()
            + "` that is written in YAML, key by key.",
        "Write this into its `spec.template.metadata.annotations`, then run it again: "
            + annotations);
  }

  private String podMonitor(ObjectNode workload) {
    return selecting("podmonitor.yaml", "podMetricsEndpoints", workload)
        .replaceFirst(
            "- port: http\n",
            portName(workload)
                .map(name -> "- port: " + name + "\n")
                .orElse("- targetPort: " + service.port() + "\n"));
  }

  /** Its port is a name or a number alike. */
  private String podMonitoring(ObjectNode workload) {
    String port = portName(workload).orElse(Integer.toString(service.port()));
    return selecting("podmonitoring.yaml", "endpoints", workload)
        .replaceFirst("- port: http\n", "- port: " + port + "\n");
  }

  private String selecting(String file, String next, ObjectNode workload) {
    String labels =
        workload.at("/spec/selector/matchLabels").properties().stream()
            .map(label ->
                "      " + label.getKey() + ": " + YamlScalar.of(label.getValue().asText()) + "\n")
            .collect(Collectors.joining());
    return template(file)
        .replaceFirst("(?s)(matchLabels:\n).*?(  " + next + ")", "$1" + labels + "$2");
  }

  private Optional<String> portName(ObjectNode workload) {
    Stream<JsonNode> ports =
        workload
            .at("/spec/template/spec/containers")
            .valueStream()
            .flatMap(container -> container.path("ports").valueStream());
    return ports
        .filter(port -> port.path("containerPort").asInt() == service.port())
        .map(port -> port.path("name").asText())
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  /** The alerts as an object that the operator takes. */
  private String rule() {
    List<String> lines = new ArrayList<>();
    lines.add("apiVersion: monitoring.coreos.com/v1");
    lines.add("kind: PrometheusRule");
    lines.add("metadata:");
    lines.add("  name: " + service.name());
    lines.add("  labels:");
    lines.add("    app.kubernetes.io/name: " + service.name());
    lines.add("spec:");
    template(ALERTS).lines().map(line -> line.isEmpty() ? "" : "  " + line).forEach(lines::add);
    return String.join("\n", lines) + "\n";
  }

  private String template(String file) {
    return Templates.read(FOLDER + file)
        .replaceAll("\\biris\\b", service.name())
        .replace("/live_check|/ready_check", String.join("|", service.checks()));
  }
}
