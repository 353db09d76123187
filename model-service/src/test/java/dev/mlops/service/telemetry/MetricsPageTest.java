package dev.mlops.service.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class MetricsPageTest {
  @Test
  void writesTheTextFormat() {
    MetricsPage page = new MetricsPage();
    page.gauge("a", "What a is.").sample(1.5, "class", "back\\slash \"quote\"\nline", "b", "ü");
    page.counter("n_total", "How many.").sample(12_000_000_000L);
    page.histogram("h", "H.").sample("_bucket", 3, "le", "+Inf");
    assertEquals(
        """
        # HELP a What a is.
        # TYPE a gauge
        a{class="back\\\\slash \\"quote\\"\\nline",b="ü"} 1.5
        # HELP n_total How many.
        # TYPE n_total counter
        n_total 12000000000
        # HELP h H.
        # TYPE h histogram
        h_bucket{le="+Inf"} 3
        """,
        new String(page.bytes(), UTF_8));
  }

  @Test
  void writesNumbersThatAreNotFinite() {
    assertEquals("+Inf", MetricsPage.number(Double.POSITIVE_INFINITY));
    assertEquals("-Inf", MetricsPage.number(Double.NEGATIVE_INFINITY));
    assertEquals("NaN", MetricsPage.number(Double.NaN));
  }
}
