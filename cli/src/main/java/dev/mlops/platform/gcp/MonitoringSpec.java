package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Digest;
import java.util.List;

/**
 * The dashboard and the two alerts, as Cloud Monitoring takes them. The queries are PromQL over
 * what Managed Prometheus scrapes; they are those of {@code mlops init --observability}.
 */
record MonitoringSpec(Site site) {
  /** Under which each carries what it was made of: Google writes the rest in its own way. */
  static final String SPEC = "mlops-spec";

  private static final int HASH = 16;
  private static final int COLUMNS = 12;

  /**
   * @param title by which people find it; one of its kind
   */
  record Wanted(MonitoringKind kind, String title, ObjectNode body) {
    String hash() {
      return body.path(kind.labels()).path(SPEC).asText();
    }
  }

  List<Wanted> all() {
    return List.of(
        dashboard(),
        alert("errors", "More than 1 % of the requests fail", errorRatio() + " > 0.01", "300s"),
        alert("latency", "1 in 100 requests takes over 0.5 s", latency("0.99") + " > 0.5", "600s"));
  }

  private Wanted dashboard() {
    ObjectNode body = object().put("displayName", title("dashboard"));
    ObjectNode layout = body.putObject("mosaicLayout").put("columns", COLUMNS);
    ArrayNode tiles = layout.putArray("tiles");
    tile(tiles, 0, 0, "Requests per second", "sum(" + requests("") + ")");
    tile(tiles, COLUMNS / 2, 0, "Share of errors", errorRatio());
    tile(tiles, 0, 1, "Latency, seconds, median", latency("0.5"));
    tile(tiles, COLUMNS / 2, 1, "Latency, seconds, 99th percentile", latency("0.99"));
    tile(tiles, 0, 2, "Replicas", "count(model_info{" + service() + "})");
    tile(tiles, COLUMNS / 2, 2, "Predictions by class", predictions());
    return labelled(MonitoringKind.DASHBOARD, body);
  }

  private static void tile(ArrayNode tiles, int x, int row, String title, String query) {
    int height = COLUMNS / 3;
    ObjectNode tile = tiles.addObject().put("width", COLUMNS / 2).put("height", height);
    tile.put("xPos", x).put("yPos", row * height);
    tile.putObject("widget")
        .put("title", title)
        .putObject("xyChart")
        .putArray("dataSets")
        .addObject()
        .put("plotType", "LINE")
        .putObject("timeSeriesQuery")
        .put("prometheusQuery", query);
  }

  private Wanted alert(String what, String words, String query, String lasts) {
    ObjectNode body = object().put("displayName", title(what)).put("combiner", "OR");
    body.putArray("conditions")
        .addObject()
        .put("displayName", words)
        .putObject("conditionPrometheusQueryLanguage")
        .put("query", query)
        .put("duration", lasts)
        .put("evaluationInterval", "30s");
    body.putObject("documentation")
        .put("mimeType", "text/markdown")
        .put("content", "`mlops status` and `mlops logs` say what runs and what it says.");
    return labelled(MonitoringKind.ALERT, body);
  }

  private Wanted labelled(MonitoringKind kind, ObjectNode body) {
    String hash = Digest.of(body.toString()).hex().substring(0, HASH);
    ObjectNode labels = body.putObject(kind.labels());
    site.names().labels().forEach(labels::put);
    labels.put(SPEC, hash);
    return new Wanted(kind, body.path("displayName").asText(), body);
  }

  boolean isOurs(MonitoringKind kind, JsonNode found) {
    return site.names().labels().entrySet().stream()
        .allMatch(label ->
            found.path(kind.labels()).path(label.getKey()).asText().equals(label.getValue()));
  }

  private String title(String what) {
    return site.settings().owner().project()
        + " "
        + site.settings().owner().environment()
        + ": "
        + what;
  }

  private String service() {
    return "name=\"" + site.settings().owner().project() + "\"";
  }

  /** Of the replicas that serve our model, without probes and scrapes. */
  private String ofOurs(String series) {
    return series + " and on (job, instance) last_over_time(model_info{" + service() + "}[10m])";
  }

  private String requests(String more) {
    String traffic = "path!~\"/live_check|/ready_check|/metrics|/drift\"";
    return ofOurs("rate(http_server_requests_total{" + traffic + more + "}[5m])");
  }

  private String errorRatio() {
    return "sum(" + requests(", status=~\"5..\"") + ") / sum(" + requests("") + ")";
  }

  private String latency(String quantile) {
    String buckets =
        "rate(http_server_request_duration_seconds_bucket"
            + "{path!~\"/live_check|/ready_check|/metrics|/drift\"}[5m])";
    return "histogram_quantile(" + quantile + ", sum by (le) (" + ofOurs(buckets) + "))";
  }

  private String predictions() {
    return "sum by (class) (" + ofOurs("rate(model_predictions_total[5m])") + ")";
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
