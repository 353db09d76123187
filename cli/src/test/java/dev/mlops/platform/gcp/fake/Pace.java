package dev.mlops.platform.gcp.fake;

import java.time.Duration;

/** How long things take; a thousandth of what they take at Google, unless a test says otherwise. */
public final class Pace {
  volatile Duration operation = Duration.ofMillis(20);
  volatile Duration cluster = Duration.ofMillis(60);
  volatile Duration apiTakesEffect = Duration.ofMillis(20);
  volatile Duration accountVisible = Duration.ofMillis(40);

  public void operations(Duration each) {
    operation = each;
  }

  public void clusters(Duration each) {
    cluster = each;
  }

  /** From the end of its enabling until an API answers. */
  public void apisTakeEffectAfter(Duration delay) {
    apiTakesEffect = delay;
  }

  /** From its creation until other services know an account. */
  public void accountsAreVisibleAfter(Duration delay) {
    accountVisible = delay;
  }
}
