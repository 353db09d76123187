package dev.mlops.service.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A page of metrics in the <a
 * href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus text format
 * 0.0.4</a>.
 */
public final class MetricsPage {
  private final StringBuilder text = new StringBuilder(8192);
  private String name = "";

  /** Opens a family of counters; the samples that follow are its own. */
  public MetricsPage counter(String family, String help) {
    return open(family, "counter", help);
  }

  public MetricsPage gauge(String family, String help) {
    return open(family, "gauge", help);
  }

  public MetricsPage histogram(String family, String help) {
    return open(family, "histogram", help);
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

  public byte[] bytes() {
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

  private MetricsPage open(String family, String type, String help) {
    name = family;
    text.append("# HELP ").append(family).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(family).append(' ').append(type).append('\n');
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
