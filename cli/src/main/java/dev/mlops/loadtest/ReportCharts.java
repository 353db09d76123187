package dev.mlops.loadtest;

import dev.mlops.loadtest.Timeline.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The charts of a report. Those over time share one axis, so that causes stand above effects. */
final class ReportCharts {
  /** Beyond this ratio a linear axis hides the small values. */
  private static final double LOG_FROM = 50;

  private final Evidence evidence;
  private final Timeline timeline;

  ReportCharts(Evidence evidence) {
    this.evidence = evidence;
    this.timeline = Timeline.of(evidence.timeline());
  }

  boolean hasReplicas() {
    return timeline.hasReplicas();
  }

  String throughput() {
    return overTime(
        "Good answers and errors per second over time",
        Axis.linear(timeline.greatest(slice -> Math.max(slice.rate(), slice.errorRate()))),
        "/s",
        List.of(
            line("answers per second", "a", Slice::rate),
            line("errors per second", "bad", Slice::errorRate)),
        slice ->
            Figures.number(slice.rate())
                + " answers/s, "
                + Figures.number(slice.errorRate())
                + " errors/s");
  }

  String latency() {
    double least = timeline.least(Slice::p50);
    double greatest = timeline.greatest(Slice::p99);
    return overTime(
        "Latency percentiles over time",
        greatest > LOG_FROM * least ? Axis.log(least, greatest) : Axis.linear(greatest),
        "ms",
        List.of(
            line("p50", "a", Slice::p50),
            line("p95", "b", Slice::p95),
            line("p99", "c", Slice::p99)),
        slice ->
            Double.isNaN(slice.p50())
                ? "no good answer"
                : "p50 "
                    + Figures.millis(slice.p50())
                    + ", p95 "
                    + Figures.millis(slice.p95())
                    + ", p99 "
                    + Figures.millis(slice.p99()));
  }

  String users() {
    return overTime(
        "Users and open connections over time",
        Axis.linear(timeline.greatest(slice -> Math.max(slice.users(), slice.connections()))),
        "",
        List.of(
            line("users", "a", Slice::users),
            line("open connections", "b dashed", Slice::connections)),
        slice -> slice.users() + " users, " + slice.connections() + " connections");
  }

  String replicas() {
    return overTime(
        "Replicas over time",
        Axis.linear(
            timeline.greatest(slice ->
                Math.max(
                    replicas(slice, ReplicaSampler.Sample::desired),
                    replicas(slice, ReplicaSampler.Sample::ready)))),
        "",
        List.of(
            line("desired", "b dashed", slice -> replicas(slice, ReplicaSampler.Sample::desired)),
            line("ready", "a", slice -> replicas(slice, ReplicaSampler.Sample::ready))),
        slice ->
            slice
                .replicas()
                .map(sample ->
                    sample.ready()
                        + " of "
                        + sample.desired()
                        + " ready"
                        + sample.cpuPercent().map(cpu -> ", CPU " + cpu + " %").orElse(""))
                .orElse("unknown"));
  }

  String cpu() {
    return overTime(
        "CPU use of the replicas over time",
        Axis.linear(timeline.greatest(ReportCharts::cpu)),
        "%",
        List.of(line("CPU, percent of the request", "c", ReportCharts::cpu)),
        slice -> Double.isNaN(cpu(slice)) ? "unknown" : "CPU " + (int) cpu(slice) + " %");
  }

  private static double cpu(Slice slice) {
    return slice
        .replicas()
        .flatMap(ReplicaSampler.Sample::cpuPercent)
        .map(Integer::doubleValue)
        .orElse(Double.NaN);
  }

  private static double replicas(Slice slice, ToDoubleFunction<ReplicaSampler.Sample> count) {
    return slice.replicas().map(count::applyAsDouble).orElse(Double.NaN);
  }

  /** Both distributions, with as much room for each nine as for the one before. */
  String spectrum() {
    List<Evidence.Spectrum.Point> latency = evidence.latency().points();
    double greatest = latency.getLast().millis();
    double least = Math.max(evidence.service().points().getFirst().millis(), 1e-3);
    double nines = nines(latency.get(Math.max(0, latency.size() - 2)).percentile());
    double end = Math.max(2, Math.ceil(nines));
    return new Chart(
            "Latency by percentile",
            new Chart.Horizontal(p -> Math.min(nines(p), end) / end, percentileTicks(end), "%"),
            greatest > LOG_FROM * least ? Axis.log(least, greatest) : Axis.linear(greatest),
            "ms",
            List.of(
                new Chart.Line("from the intended moment", "a", points(evidence.latency())),
                new Chart.Line(
                    "from the moment of sending", "b dashed", points(evidence.service()))),
            List.of(),
            hovers(latency))
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

  private String overTime(
      String summary, Axis y, String unit, List<Chart.Line> lines, Function<Slice, String> text) {
    double end = timeline.end();
    List<Chart.Hover> hovers =
        timeline.slices().stream()
            .map(slice ->
                new Chart.Hover(
                    slice.from(),
                    slice.to(),
                    Figures.seconds(slice.to()) + ": " + text.apply(slice)))
            .toList();
    List<Chart.Tick> ticks =
        Axis.linear(end).ticks().stream()
            .filter(tick -> tick <= end)
            .map(tick -> new Chart.Tick(tick, Figures.plain(tick) + " s"))
            .toList();
    Chart.Horizontal x = new Chart.Horizontal(second -> second / end, ticks, "s");
    return new Chart(summary, x, y, unit, lines, shaded(end), hovers).html();
  }

  private List<Chart.Stretch> shaded(double end) {
    LoadPlan plan = evidence.plan();
    double from = plan.ramp().plus(plan.timing().warmUp()).toNanos() / 1e9;
    return from > 0.02 * end
        ? List.of(new Chart.Stretch(0, Math.min(from, end), "not counted"))
        : List.of();
  }

  private Chart.Line line(String name, String style, ToDoubleFunction<Slice> value) {
    return new Chart.Line(
        name,
        style,
        timeline.slices().stream()
            .map(slice -> new Chart.Point(slice.to(), value.applyAsDouble(slice)))
            .toList());
  }
}
