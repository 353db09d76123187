package dev.mlops.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlops.usage.Exposition.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {
  @Test
  void readsLabelsEscapesAndInfinities() {
    String text =
        """
        # HELP a_total Things {not a sample} 1
        # TYPE a_total counter
        a_total{path="/x{y}",say="a \\"b\\", c\\\\d",} 12.5
        b_bucket{le="+Inf"} +Inf 1700000000000
        c 1e-3

        not a sample
        """;
    assertEquals(
        List.of(
            new Sample("a_total", Map.of("path", "/x{y}", "say", "a \"b\", c\\d"), 12.5),
            new Sample("b_bucket", Map.of("le", "+Inf"), Double.POSITIVE_INFINITY),
            new Sample("c", Map.of(), 0.001)),
        Exposition.parse(text));
  }
}
