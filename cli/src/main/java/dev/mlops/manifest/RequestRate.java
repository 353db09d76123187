package dev.mlops.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The autoscaler's metric of requests per second: one of each pod, which Prometheus' adapter makes
 * of what the service counts.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale-walkthrough/#autoscaling-on-multiple-metrics-and-custom-metrics">Custom
 *     metrics</a>
 */
public final class RequestRate {
  /** As the rule of the adapter calls it, in {@code observability/prometheus-adapter.yaml}. */
  public static final String NAME = "http_server_requests_per_second";

  private RequestRate() {}

  /** Whether this is what an autoscaler goes by. */
  static boolean isMetric(JsonNode metric) {
    return metric.path("type").asText().equals("Pods")
        && metric.at("/pods/metric/name").asText().equals(NAME);
  }

  /**
   * @param perSecond aimed at for each replica
   */
  static ObjectNode metric(double perSecond) {
    ObjectNode metric = JsonNodeFactory.instance.objectNode().put("type", "Pods");
    metric.putObject("pods").putObject("metric").put("name", NAME);
    aim(metric, perSecond);
    return metric;
  }

  static void aim(ObjectNode metric, double perSecond) {
    metric
        .withObject("pods")
        .putObject("target")
        .put("type", "AverageValue")
        .put("averageValue", quantity(perSecond));
  }

  /** In the form in which the server gives it back, so that nothing seems to differ. */
  private static String quantity(double perSecond) {
    long thousandths = Math.max(1, Math.round(perSecond * 1000));
    return thousandths % 1000 == 0 ? Long.toString(thousandths / 1000) : thousandths + "m";
  }
}
