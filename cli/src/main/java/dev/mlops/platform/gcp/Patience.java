package dev.mlops.platform.gcp;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** The waits of one call: how long each kind of fault is taken for one that passes. */
final class Patience {
  /** From the first time on that a call meets it. */
  private static final Map<Fault.Kind, Duration> LONGEST = new EnumMap<>(Fault.Kind.class);

  static {
    LONGEST.put(Fault.Kind.BUSY, Duration.ofMinutes(30));
    LONGEST.put(Fault.Kind.STALE, Duration.ofMinutes(1));
    LONGEST.put(Fault.Kind.UNSEEN, Duration.ofMinutes(2));
    LONGEST.put(Fault.Kind.DISABLED, Duration.ofMinutes(2));
    LONGEST.put(Fault.Kind.THROTTLED, Duration.ofMinutes(2));
    LONGEST.put(Fault.Kind.UNAVAILABLE, Duration.ofMinutes(1));
    LONGEST.put(Fault.Kind.UNBILLED, Duration.ofMinutes(1));
    LONGEST.put(Fault.Kind.DENIED, Duration.ofMinutes(1));
  }

  private final Pace pace;
  private final Map<Fault.Kind, Long> since = new EnumMap<>(Fault.Kind.class);
  private int rests;

  Patience(Pace pace) {
    this.pace = pace;
  }

  boolean lasts(Fault.Kind kind) {
    long now = System.nanoTime();
    long begun = since.computeIfAbsent(kind, _ -> now);
    return now - begun < LONGEST.get(kind).toNanos();
  }

  void rest(String deed, Fault fault, Consumer<String> progress) throws InterruptedException {
    progress.accept(Waits.words(fault) + ", to " + deed);
    pace.rest(++rests);
  }
}
