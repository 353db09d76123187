package dev.mlops.platform.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RequestMeterTest {
  private long requests;
  private long nanos;
  private final RequestMeter meter = new RequestMeter(() -> requests, () -> nanos);

  @Test
  void averagesOverItsWindow() {
    for (int i = 0; i < RequestMeter.WINDOW_SAMPLES; i++) {
      sample(40);
      assertEquals(OptionalDouble.empty(), meter.perSecond());
    }
    sample(40);
    assertEquals(OptionalDouble.of(20), meter.perSecond());
    for (int i = 0; i <= RequestMeter.WINDOW_SAMPLES; i++) {
      sample(0);
    }
    assertEquals(OptionalDouble.of(0), meter.perSecond());
  }

  private void sample(int more) {
    meter.sample();
    requests += more;
    nanos += 2_000_000_000L;
  }
}
