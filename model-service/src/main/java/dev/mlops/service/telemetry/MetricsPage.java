package dev.mlops.service.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/**
 * A page of metrics in the <a
 * href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus text format
 * 0.0.4</a>, or in <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics
 * 1.0</a>, which has exemplars too.
 */
public final class MetricsPage {
  private final StringBuilder text = new StringBuilder(8192);
  private final boolean open;
  private String name = "";

  /** In the form of Prometheus. */
  public MetricsPage() {
    this(false);
  }

  private MetricsPage(boolean open) {
    this.open = open;
  }

  public static MetricsPage ofOpenMetrics() {
    return new MetricsPage(true);
  }

  /** Opens a family of counters; the samples that follow are its own. */
  public MetricsPage counter(String family, String help) {
    return begin(family, "counter", help);
  }

  public MetricsPage gauge(String family, String help) {
    return begin(family, "gauge", help);
  }

  public MetricsPage histogram(String family, String help) {
    return begin(family, "histogram", help);
  }

  /**
   * @param labels name, value, name, value …
   */
  public MetricsPage sample(double value, String... labels) {
    return line("", value, labels);
  }

  public MetricsPage sample(long value, String... labels) {
    return line("", (double) value, labels);
  }

  /** A sample whose name is the family's with a suffix, as a histogram has. */
  public MetricsPage sample(String suffix, double value, String... labels) {
    return line(suffix, value, labels);
  }

  /**
   * A bucket of a histogram.
   *
   * @param example of the requests in it; shown where the form has a place for it
   */
  public MetricsPage bucket(long count, Optional<Example> example, String... labels) {
    line("_bucket", (double) count, labels);
    if (open && example.isPresent()) {
      Example one = example.get();
      text.setLength(text.length() - 1);
      text.append(" # {trace_id=\"").append(one.traceId()).append("\"} ").append(one.value());
      text.append(' ').append(one.time().toEpochMilli() / 1e3).append('\n');
    }
    return this;
  }

  public byte[] bytes() {
    if (open) {
      text.append("# EOF\n");
    }
    return text.toString().getBytes(UTF_8);
  }

  /** A number as the format writes it: whole ones without a fraction. */
  static String number(double value) {
    if (value == Double.POSITIVE_INFINITY) {
      return "+Inf";
    }
    if (value == Double.NEGATIVE_INFINITY) {
      return "-Inf";
    }
    long whole = (long) value;
    return whole == value ? Long.toString(whole) : Double.toString(value);
  }

  private MetricsPage begin(String family, String type, String help) {
    name = family;
    // A counter's family has no suffix in OpenMetrics; its samples have.
    String title = open && type.equals("counter") ? family.replaceFirst("_total$", "") : family;
    text.append("# HELP ").append(title).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(title).append(' ').append(type).append('\n');
    return this;
  }

  private MetricsPage line(String suffix, double value, String... labels) {
    text.append(name).append(suffix);
    for (int i = 0; i < labels.length; i += 2) {
      text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      escape(labels[i + 1]);
      text.append('"');
    }
    text.append(labels.length == 0 ? " " : "} ").append(number(value)).append('\n');
    return this;
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '"' -> text.append("\\\"");
        case '\n' -> text.append("\\n");
        default -> text.append(c);
      }
    }
  }
}
