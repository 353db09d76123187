package dev.mlops.loadtest;

import java.util.ArrayList;
import java.util.List;

/**
 * The distribution of latency, the tail as wide as the body.
 *
 * @param latency of good answers, from their intended moment
 * @param service of the same, from the moment of sending
 */
record SpectrumChart(Evidence.Spectrum latency, Evidence.Spectrum service) {
  static SpectrumChart of(Evidence evidence) {
    return new SpectrumChart(evidence.latency(), evidence.service());
  }

  /** Both distributions, with as much room for each nine as for the one before. */
  String html() {
    List<Evidence.Spectrum.Point> points = latency.points();
    double greatest = points.getLast().millis();
    double least = Math.max(service.points().getFirst().millis(), 1e-3);
    double nines = nines(points.get(Math.max(0, points.size() - 2)).percentile());
    double end = Math.max(2, Math.ceil(nines));
    return new Chart(
            "Latency by percentile",
            new Chart.Horizontal(p -> Math.min(nines(p), end) / end, percentileTicks(end), "%"),
            greatest > ReportCharts.LOG_FROM * least
                ? Axis.log(least, greatest)
                : Axis.linear(greatest),
            "ms",
            List.of(
                new Chart.Line("from the intended moment", "a", points(latency)),
                new Chart.Line("from the moment of sending", "b dashed", points(service))),
            List.of(),
            hovers(points))
        .html();
  }

  private static List<Chart.Hover> hovers(List<Evidence.Spectrum.Point> points) {
    List<Chart.Hover> hovers = new ArrayList<>();
    for (int i = 1; i < points.size(); i++) {
      Evidence.Spectrum.Point point = points.get(i);
      hovers.add(
          new Chart.Hover(
              points.get(i - 1).percentile(),
              point.percentile(),
              "%s %% within %s"
                  .formatted(Figures.plain(point.percentile()), Figures.millis(point.millis()))));
    }
    return hovers;
  }

  private static List<Chart.Point> points(Evidence.Spectrum spectrum) {
    return spectrum.points().stream()
        .map(point -> new Chart.Point(point.percentile(), point.millis()))
        .toList();
  }

  /** 90 % is one, 99 % is two, 99.9 % is three. */
  private static double nines(double percentile) {
    return percentile >= 100 ? Double.MAX_VALUE : -Math.log10(1 - percentile / 100);
  }

  private static List<Chart.Tick> percentileTicks(double nines) {
    List<Chart.Tick> ticks =
        new ArrayList<>(List.of(new Chart.Tick(0, "0 %"), new Chart.Tick(50, "50 %")));
    for (int i = 1; i <= nines; i++) {
      double percentile = 100 - Math.pow(10, 2.0 - i);
      ticks.add(new Chart.Tick(percentile, Figures.plain(percentile) + " %"));
    }
    return ticks;
  }
}
