package dev.mlops.platform.kubernetes;

import dev.mlops.manifest.RequestRate;
import dev.mlops.platform.Status;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What an autoscaler says of requests per second. */
final class RequestRates {
  private RequestRates() {}

  static Optional<Status.RequestRate> of(HorizontalPodAutoscaler autoscaler) {
    return autoscaler.getSpec().getMetrics().stream()
        .flatMap(metric -> Stream.ofNullable(metric.getPods()))
        .filter(pods -> pods.getMetric().getName().equals(RequestRate.NAME))
        .flatMap(pods -> Stream.ofNullable(pods.getTarget().getAverageValue()))
        .map(target -> new Status.RequestRate(number(target), current(autoscaler)))
        .findFirst();
  }

  private static Optional<Double> current(HorizontalPodAutoscaler autoscaler) {
    if (autoscaler.getStatus() == null || autoscaler.getStatus().getCurrentMetrics() == null) {
      return Optional.empty();
    }
    return autoscaler.getStatus().getCurrentMetrics().stream()
        .map(MetricStatus::getPods)
        .filter(Objects::nonNull)
        .filter(pods -> pods.getMetric().getName().equals(RequestRate.NAME))
        .flatMap(pods -> Stream.ofNullable(pods.getCurrent().getAverageValue()))
        .map(RequestRates::number)
        .findFirst();
  }

  private static double number(Quantity quantity) {
    return quantity.getNumericalAmount().doubleValue();
  }
}
