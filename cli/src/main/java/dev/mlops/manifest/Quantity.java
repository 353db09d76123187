package dev.mlops.manifest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes quantity such as {@code 100m}, {@code 128Mi} or {@code 1e3}.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">Quantity</a>
 */
record Quantity(BigDecimal value) {
  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?(?:\\d+\\.?\\d*|\\.\\d+))(?:([eE][+-]?\\d{1,2})|([numkMGTPE]|[KMGTPE]i))?");
  private static final Map<String, BigDecimal> FACTORS =
      Map.ofEntries(
          Map.entry("n", BigDecimal.valueOf(1, 9)),
          Map.entry("u", BigDecimal.valueOf(1, 6)),
          Map.entry("m", BigDecimal.valueOf(1, 3)),
          Map.entry("k", BigDecimal.valueOf(1, -3)),
          Map.entry("M", BigDecimal.valueOf(1, -6)),
          Map.entry("G", BigDecimal.valueOf(1, -9)),
          Map.entry("T", BigDecimal.valueOf(1, -12)),
          Map.entry("P", BigDecimal.valueOf(1, -15)),
          Map.entry("E", BigDecimal.valueOf(1, -18)),
          Map.entry("Ki", binary(10)),
          Map.entry("Mi", binary(20)),
          Map.entry("Gi", binary(30)),
          Map.entry("Ti", binary(40)),
          Map.entry("Pi", binary(50)),
          Map.entry("Ei", binary(60)));

  /**
   * @throws IllegalArgumentException if it is none
   */
  static Quantity parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "`" + text + "` is no quantity; such are 100m, 0.5, 128Mi and 1G");
    }
    var number = new BigDecimal(matcher.group(1));
    if (matcher.group(2) != null) {
      return new Quantity(
          number.scaleByPowerOfTen(Integer.parseInt(matcher.group(2).substring(1))));
    }
    return new Quantity(
        matcher.group(3) == null ? number : number.multiply(FACTORS.get(matcher.group(3))));
  }

  /** Rounded up, as Kubernetes does. */
  long whole() {
    return value.setScale(0, RoundingMode.CEILING).longValueExact();
  }

  /** Thousandths, rounded up: milli-CPU. */
  long thousandths() {
    return value.movePointRight(3).setScale(0, RoundingMode.CEILING).longValueExact();
  }

  private static BigDecimal binary(int power) {
    return BigDecimal.valueOf(2).pow(power);
  }
}
