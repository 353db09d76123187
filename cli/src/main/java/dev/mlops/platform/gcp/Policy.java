package dev.mlops.platform.gcp;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * How every call to Google is made: what is waited for and asked again, and for how long; what
 * means that it is there already, or gone; and what is told to the user. No call goes round it.
 */
final class Policy {
  /** What may be made by a call whose answer was lost needs a moment to be seen. */
  private static final int LOOKS_AFTER_A_LOSS = 3;

  private static final Set<Fault.Kind> NOT_THERE =
      EnumSet.of(Fault.Kind.ABSENT, Fault.Kind.UNSEEN, Fault.Kind.DISABLED);

  private static final Set<Fault.Kind> WHEN_READING =
      EnumSet.of(Fault.Kind.THROTTLED, Fault.Kind.UNAVAILABLE);
  private static final Set<Fault.Kind> WHEN_CHANGING =
      EnumSet.of(
          Fault.Kind.THROTTLED,
          Fault.Kind.UNAVAILABLE,
          Fault.Kind.BUSY,
          Fault.Kind.UNSEEN,
          Fault.Kind.DISABLED);

  private final Attempts attempts;

  Policy(Pace pace) {
    this(pace, () -> false);
  }

  Policy(Pace pace, Attempts.Renewal renewal) {
    this.attempts = new Attempts(pace, renewal);
  }

  Pace pace() {
    return attempts.pace();
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
    return find(deed, NOT_THERE, call);
  }

  /**
   * @param absent what means that it is not there
   */
  <T> Optional<T> find(String deed, Set<Fault.Kind> absent, Callable<T> call)
      throws InterruptedException {
    try {
      return Optional.of(attempts.make(deed, WHEN_READING, _ -> {}, call));
    } catch (Attempts.Refused refused) {
      if (absent.contains(refused.fault().kind())) {
        return Optional.empty();
      }
      throw GcpProblems.of(deed, refused.fault());
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
    var patience = new Patience(pace());
    while (true) {
      try {
        return Optional.of(attempts.make(deed, passing, progress, call));
      } catch (Attempts.Refused refused) {
        Fault fault = refused.fault();
        if (fault.kind() == Fault.Kind.EXISTS) {
          return Optional.empty();
        }
        if (fault.kind() != Fault.Kind.UNAVAILABLE) {
          throw GcpProblems.of(deed, fault);
        }
        progress.accept(Waits.words(fault) + ", once it is sure that it did not " + deed);
        if (isThere(look)) {
          return Optional.empty();
        }
        if (!patience.lasts(fault.kind())) {
          throw GcpProblems.of(deed, fault);
        }
      }
    }
  }

  private boolean isThere(Look look) throws InterruptedException {
    for (int looks = 1; looks <= LOOKS_AFTER_A_LOSS; looks++) {
      if (look.isThere()) {
        return true;
      }
      pace().rest(looks);
    }
    return look.isThere();
  }

  /** Changes something in a way that may be repeated. */
  <T> T change(String deed, Consumer<String> progress, Callable<T> call)
      throws InterruptedException {
    return insist(deed, WHEN_CHANGING, progress, call);
  }

  /** Reads, alters and writes; from the start again if somebody else wrote meanwhile. */
  <T> T rewrite(String deed, Consumer<String> progress, Callable<T> cycle)
      throws InterruptedException {
    return change(deed, Fault.Kind.STALE, progress, cycle);
  }

  /**
   * @param also what passes here beside the usual, such as a right that a new project gives a
   *     moment later
   */
  <T> T change(String deed, Fault.Kind also, Consumer<String> progress, Callable<T> call)
      throws InterruptedException {
    Set<Fault.Kind> passing = EnumSet.copyOf(WHEN_CHANGING);
    passing.add(also);
    return insist(deed, passing, progress, call);
  }

  /** Removes something; what is not there is removed. */
  <T> Optional<T> remove(String deed, Consumer<String> progress, Callable<T> call)
      throws InterruptedException {
    Set<Fault.Kind> passing = EnumSet.copyOf(WHEN_CHANGING);
    passing.remove(Fault.Kind.UNSEEN);
    try {
      return Optional.of(attempts.make(deed, passing, progress, call));
    } catch (Attempts.Refused refused) {
      Fault.Kind kind = refused.fault().kind();
      if (kind == Fault.Kind.ABSENT || kind == Fault.Kind.UNSEEN) {
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
      return attempts.make(deed, passing, progress, call);
    } catch (Attempts.Refused refused) {
      throw GcpProblems.of(deed, refused.fault());
    }
  }
}
