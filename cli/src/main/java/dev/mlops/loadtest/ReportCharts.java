package dev.mlops.loadtest;

import dev.mlops.loadtest.Timeline.Slice;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The charts of a report. Those over time share one axis, so that causes stand above effects. */
final class ReportCharts {
  /** Beyond this ratio a linear axis hides the small values. */
  static final double LOG_FROM = 50;

  /** Shorter stretches of the axis are not worth a shade. */
  private static final double LEAST_SHADED = 0.02;

  private final LoadPlan plan;
  private final Timeline timeline;

  ReportCharts(LoadPlan plan, Timeline timeline) {
    this.plan = plan;
    this.timeline = timeline;
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

  /** Who asks at once. */
  String crowd() {
    boolean closed = plan.load() instanceof Load.Closed;
    String inUse = closed ? "users" : "in use at once";
    return overTime(
        crowdTitle() + " over time",
        Axis.linear(timeline.greatest(slice -> Math.max(slice.users(), slice.connections()))),
        "",
        List.of(
            line(inUse, "a", Slice::users),
            line("open connections", "b dashed", Slice::connections)),
        slice ->
            Figures.count(slice.users())
                + " "
                + inUse
                + ", "
                + Figures.count(slice.connections())
                + " open connections");
  }

  String crowdTitle() {
    return plan.load().crowd();
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
    double from = plan.ramp().plus(plan.timing().warmUp()).toNanos() / 1e9;
    return Stream.of(
            new Chart.Stretch(0, Math.min(from, end), "not counted"),
            new Chart.Stretch(timeline.drainsFrom(), end, "last answers"))
        .filter(stretch -> stretch.to() - stretch.from() > LEAST_SHADED * end)
        .toList();
  }

  private Chart.Line line(String name, String style, ToDoubleFunction<Slice> value) {
    return new Chart.Line(
        name,
        style,
        Stream.concat(
                // The first second is a stretch, too.
                timeline.slices().stream().limit(1).map(slice -> point(slice.from(), slice, value)),
                timeline.slices().stream().map(slice -> point(slice.to(), slice, value)))
            .toList());
  }

  private static Chart.Point point(double second, Slice slice, ToDoubleFunction<Slice> value) {
    return new Chart.Point(second, value.applyAsDouble(slice));
  }
}
