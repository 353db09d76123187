package dev.mlops.platform.gcp;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Makes one call until it is answered, or refused for good: what passes is waited for, and a token
 * that is taken no longer is renewed once.
 */
record Attempts(Pace pace, Renewal renewal) {
  /** A new token, where Google takes the old one no longer. */
  interface Renewal {
    /** Whether there is one now. */
    boolean renew();
  }

  /** Carries a fault to whoever knows what it means there. */
  static final class Refused extends Exception {
    private final transient Fault fault;

    private Refused(Fault fault) {
      super(fault.message(), fault.cause().orElse(null), false, false);
      this.fault = fault;
    }

    Fault fault() {
      return fault;
    }
  }

  /**
   * @param passing the kinds of fault that are waited for
   */
  <T> T make(String deed, Set<Fault.Kind> passing, Consumer<String> progress, Callable<T> call)
      throws InterruptedException, Refused {
    var patience = new Patience(pace);
    boolean isRenewed = false;
    while (true) {
      Fault fault;
      try {
        return call.call();
      } catch (InterruptedException | RuntimeException e) {
        fault = faultOf(e);
      } catch (Exception e) {
        fault = Fault.of(e).orElseThrow(() -> new IllegalStateException(e));
      }
      if (fault.kind() == Fault.Kind.UNAUTHENTICATED && !isRenewed && renewal.renew()) {
        isRenewed = true;
        continue;
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
}
