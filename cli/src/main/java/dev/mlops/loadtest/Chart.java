package dev.mlops.loadtest;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * A line chart as inline SVG with its legend; colours come from the page's style sheet.
 *
 * @param summary the chart in one sentence, for those who can't see it
 * @param shaded stretches of x that don't count
 * @param hovers what is shown where the pointer rests
 */
record Chart(
    String summary,
    Horizontal x,
    Axis y,
    String unit,
    List<Line> lines,
    List<Stretch> shaded,
    List<Hover> hovers) {
  /**
   * @param style a class of the style sheet
   */
  record Line(String name, String style, List<Point> points) {}

  /**
   * @param y NaN leaves a gap
   */
  record Point(double x, double y) {}

  record Stretch(double from, double to, String label) {}

  record Hover(double from, double to, String text) {}

  /**
   * @param share where a value stands, from 0 to 1
   */
  record Horizontal(DoubleUnaryOperator share, List<Tick> ticks, String unit) {}

  record Tick(double at, String label) {}

  private static final int WIDTH = 860;
  private static final int HEIGHT = 230;
  private static final int LEFT = 74;
  private static final int RIGHT = 34;
  private static final int TOP = 12;
  private static final int BOTTOM = 30;

  String html() {
    return """
    <figure>
    <figcaption>%s</figcaption>
    <div class="scroll"><svg viewBox="0 0 %d %d" role="img" aria-label="%s">
    %s%s%s%s%s</svg></div>
    </figure>
    """
        .formatted(
            legend(),
            WIDTH,
            HEIGHT,
            Html.escape(summary),
            shades(),
            grid(),
            ticks(),
            paths(),
            hits());
  }

  private String legend() {
    return lines.stream()
        .map(line ->
            "<span class=\"key\"><svg viewBox=\"0 0 22 8\" aria-hidden=\"true\">"
                + "<path class=\"line %s\" d=\"M1,4H21\"/></svg>%s</span>"
                    .formatted(line.style(), Html.escape(line.name())))
        .collect(Collectors.joining("\n"));
  }

  private String shades() {
    return shaded.stream()
        .map(stretch -> {
          double from = x(stretch.from());
          return "<rect class=\"shade\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>"
                  .formatted(number(from), TOP, number(x(stretch.to()) - from), plotHeight())
              + "<text class=\"quiet\" x=\"%s\" y=\"%d\">%s</text>\n"
                  .formatted(number(from + 5), TOP + 14, Html.escape(stretch.label()));
        })
        .collect(Collectors.joining());
  }

  private String grid() {
    return y.ticks().stream()
        .map(tick ->
            "<path class=\"grid\" d=\"M%d,%sH%d\"/><text class=\"tick end\" x=\"%d\" y=\"%s\">%s</text>\n"
                .formatted(
                    LEFT,
                    number(y(tick)),
                    WIDTH - RIGHT,
                    LEFT - 7,
                    number(y(tick) + 4),
                    tickLabel(tick)))
        .collect(Collectors.joining());
  }

  private String tickLabel(double tick) {
    boolean top = tick >= y.max() * 0.999;
    return Figures.plain(tick) + (top && !unit.isEmpty() ? " " + unit : "");
  }

  private String ticks() {
    return x.ticks().stream()
        .map(tick ->
            "<text class=\"tick middle\" x=\"%s\" y=\"%d\">%s</text>\n"
                .formatted(number(x(tick.at())), HEIGHT - 9, Html.escape(tick.label())))
        .collect(Collectors.joining());
  }

  private String paths() {
    return lines.stream()
        .map(line -> "<path class=\"line %s\" d=\"%s\"/>\n".formatted(line.style(), path(line)))
        .collect(Collectors.joining());
  }

  private String path(Line line) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (Point point : line.points()) {
      if (Double.isNaN(point.y())) {
        pen = false;
        continue;
      }
      path.append(pen ? 'L' : 'M').append(number(x(point.x()))).append(',');
      path.append(number(y(point.y())));
      pen = true;
    }
    return path.toString();
  }

  private String hits() {
    return hovers.stream()
        .map(hover ->
            "<rect class=\"hit\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"><title>%s</title></rect>\n"
                .formatted(
                    number(x(hover.from())),
                    TOP,
                    number(x(hover.to()) - x(hover.from())),
                    plotHeight(),
                    Html.escape(hover.text())))
        .collect(Collectors.joining());
  }

  private double x(double value) {
    return LEFT + x.share().applyAsDouble(value) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return TOP + (1 - y.share(value)) * plotHeight();
  }

  private static int plotHeight() {
    return HEIGHT - TOP - BOTTOM;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
