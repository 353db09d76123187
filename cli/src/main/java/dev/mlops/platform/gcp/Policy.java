package dev.mlops.platform.gcp;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * How every call to Google is made: what is waited for and asked again, and for how long; what
 * means that it is there already, or gone; and what is told to the user. No call goes round it.
 */
final class Policy {
  /** How long each kind of fault is taken for one that passes, from its first time on. */
  private static final Map<Fault.Kind, Duration> PATIENCE = new EnumMap<>(Fault.Kind.class);

  static {
    PATIENCE.put(Fault.Kind.BUSY, Duration.ofMinutes(30));
    PATIENCE.put(Fault.Kind.STALE, Duration.ofMinutes(1));
    PATIENCE.put(Fault.Kind.UNSEEN, Duration.ofMinutes(2));
    PATIENCE.put(Fault.Kind.DISABLED, Duration.ofMinutes(2));
    PATIENCE.put(Fault.Kind.THROTTLED, Duration.ofMinutes(2));
    PATIENCE.put(Fault.Kind.UNAVAILABLE, Duration.ofMinutes(1));
    PATIENCE.put(Fault.Kind.UNBILLED, Duration.ofMinutes(1));
  }

  private static final Set<Fault.Kind> WHEN_READING =
      EnumSet.of(Fault.Kind.THROTTLED, Fault.Kind.UNAVAILABLE);
  private static final Set<Fault.Kind> WHEN_CHANGING =
      EnumSet.of(
          Fault.Kind.THROTTLED,
          Fault.Kind.UNAVAILABLE,
          Fault.Kind.BUSY,
          Fault.Kind.UNSEEN,
          Fault.Kind.DISABLED);

  private final Pace pace;

  Policy(Pace pace) {
    this.pace = pace;
  }

  Pace pace() {
    return pace;
  }

  /**
   * Asks for what has to be there.
   *
   * @param deed for people, such as "read the project"
   */
  <T> T read(String deed, Callable<T> call) throws InterruptedException {
    return insist(deed, WHEN_READING, _ -> {}, call);
  }

  /** Asks for what may not be there: behind an API that is off there is nothing of ours. */
  <T> Optional<T> find(String deed, Callable<T> call) throws InterruptedException {
    try {
      return Optional.of(attempt(deed, WHEN_READING, _ -> {}, call));
    } catch (Refused refused) {
      return switch (refused.fault().kind()) {
        case ABSENT, DISABLED -> Optional.empty();
        default -> throw GcpProblems.of(deed, refused.fault());
      };
    }
  }

  /**
   * Makes something. Where the answer is lost, it may have been made: it is looked for before it is
   * asked for again.
   *
   * @param look whether it is there, or on its way
   * @return empty if it was there, made by whomever
   */
  <T> Optional<T> create(String deed, Consumer<String> progress, Look look, Callable<T> call)
      throws InterruptedException {
    Set<Fault.Kind> passing = EnumSet.copyOf(WHEN_CHANGING);
    passing.remove(Fault.Kind.UNAVAILABLE);
    Patience patience = new Patience();
    while (true) {
      try {
        return Optional.of(attempt(deed, passing, progress, call));
      } catch (Refused refused) {
        boolean isLost = refused.fault().kind() == Fault.Kind.UNAVAILABLE;
        if (refused.fault().kind() == Fault.Kind.EXISTS || (isLost && look.isThere())) {
          return Optional.empty();
        }
        if (!isLost || !patience.lasts(refused.fault().kind())) {
          throw GcpProblems.of(deed, refused.fault());
        }
        patience.rest(deed, refused.fault(), progress);
      }
    }
  }

  /** Changes something in a way that may be repeated. */
  <T> T change(String deed, Consumer<String> progress, Callable<T> call)
      throws InterruptedException {
    return insist(deed, WHEN_CHANGING, progress, call);
  }

  /** Reads, alters and writes; from the start again if somebody else wrote meanwhile. */
  <T> T rewrite(String deed, Consumer<String> progress, Callable<T> cycle)
      throws InterruptedException {
    Set<Fault.Kind> passing = EnumSet.copyOf(WHEN_CHANGING);
    passing.add(Fault.Kind.STALE);
    return insist(deed, passing, progress, cycle);
  }

  /** The same where billing was linked a moment ago. */
  <T> T changeOnceBilled(String deed, Consumer<String> progress, Callable<T> call)
      throws InterruptedException {
    Set<Fault.Kind> passing = EnumSet.copyOf(WHEN_CHANGING);
    passing.add(Fault.Kind.UNBILLED);
    return insist(deed, passing, progress, call);
  }

  /** Removes something; what is not there is removed. */
  <T> Optional<T> remove(String deed, Consumer<String> progress, Callable<T> call)
      throws InterruptedException {
    try {
      return Optional.of(attempt(deed, WHEN_CHANGING, progress, call));
    } catch (Refused refused) {
      if (refused.fault().kind() == Fault.Kind.ABSENT) {
        return Optional.empty();
      }
      throw GcpProblems.of(deed, refused.fault());
    }
  }

  /** Whether something is there by now. */
  interface Look {
    boolean isThere() throws InterruptedException;
  }

  private <T> T insist(
      String deed, Set<Fault.Kind> passing, Consumer<String> progress, Callable<T> call)
      throws InterruptedException {
    try {
      return attempt(deed, passing, progress, call);
    } catch (Refused refused) {
      throw GcpProblems.of(deed, refused.fault());
    }
  }

  private <T> T attempt(
      String deed, Set<Fault.Kind> passing, Consumer<String> progress, Callable<T> call)
      throws InterruptedException, Refused {
    Patience patience = new Patience();
    while (true) {
      Fault fault;
      try {
        return call.call();
      } catch (InterruptedException | RuntimeException e) {
        fault = faultOf(e);
      } catch (Exception e) {
        fault = Fault.of(e).orElseThrow(() -> new IllegalStateException(e));
      }
      if (!passing.contains(fault.kind()) || !patience.lasts(fault.kind())) {
        throw new Refused(fault);
      }
      patience.rest(deed, fault, progress);
    }
  }

  private static Fault faultOf(Exception e) throws InterruptedException {
    if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    return Fault.of(e).orElseThrow(() -> (RuntimeException) e);
  }

  /** Carries a fault to the method that knows what it means there. */
  private static final class Refused extends Exception {
    private final transient Fault fault;

    Refused(Fault fault) {
      super(fault.message(), fault.cause().orElse(null), false, false);
      this.fault = fault;
    }

    Fault fault() {
      return fault;
    }
  }

  /** The waits of one call; each kind of fault has its own time. */
  private final class Patience {
    private final Map<Fault.Kind, Long> since = new EnumMap<>(Fault.Kind.class);
    private int rests;

    boolean lasts(Fault.Kind kind) {
      long now = System.nanoTime();
      long begun = since.computeIfAbsent(kind, _ -> now);
      return now - begun < PATIENCE.get(kind).toNanos();
    }

    void rest(String deed, Fault fault, Consumer<String> progress) throws InterruptedException {
      progress.accept(Waits.words(fault) + ", to " + deed);
      pace.rest(++rests);
    }
  }
}
