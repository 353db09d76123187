package dev.mlops.loadtest;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** How a loop itself fares: written by its thread, read by another. */
final class Gauges {
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicLong localLimits = new AtomicLong();
  private final AtomicLong heldUp = new AtomicLong();
  private final AtomicLong heldBack = new AtomicLong();
  private final AtomicLong lostConnections = new AtomicLong();
  private final AtomicLong idleNanos = new AtomicLong();
  private final Times lag = new Times();
  private boolean idle;
  private long idleSince;

  /**
   * @param late nanoseconds since it could have been
   * @param held whether that was later than intended, as the service kept the user or connection
   */
  void begun(long late, boolean held, boolean counts) {
    if (counts) {
      lag.record(late);
      if (held) {
        heldUp.setRelease(heldUp.getPlain() + 1);
      }
    }
  }

  /** Requests of the measured time that waited for an answer to another one. */
  long heldUp() {
    return heldUp.getAcquire();
  }

  void connected(int change) {
    connected.setRelease(connected.getPlain() + change);
  }

  void failed(Failure failure, boolean counts) {
    if (failure == Failure.LOCAL_LIMIT) {
      localLimits.setRelease(localLimits.getPlain() + 1);
    }
    if (failure == Failure.ASKED_TO_WAIT) {
      heldBack(counts);
    }
  }

  /** The target asked to send less, and so it is done. */
  void heldBack(boolean counts) {
    if (counts) {
      heldBack.setRelease(heldBack.getPlain() + 1);
    }
  }

  /** Requests of the measured time after which less was sent, or that were not sent for it. */
  long heldBack() {
    return heldBack.getAcquire();
  }

  /** Ended by the target, or by an error. */
  void lostConnection() {
    lostConnections.setRelease(lostConnections.getPlain() + 1);
  }

  long lostConnections() {
    return lostConnections.getAcquire();
  }

  void idle() {
    idle = true;
    idleSince = System.nanoTime();
  }

  /** Does nothing if it is busy already. */
  void busy() {
    if (idle) {
      idle = false;
      idleNanos.setRelease(idleNanos.getPlain() + System.nanoTime() - idleSince);
    }
  }

  /** Open connections. */
  int connections() {
    return connected.getAcquire();
  }

  /** Connections that this machine could not open. */
  long localLimits() {
    return localLimits.getAcquire();
  }

  /** Time with nothing to do since the start. */
  long idleNanos() {
    return idleNanos.getAcquire();
  }

  /** Moves the send lag since the last call to the sum. */
  void drainLagInto(Histogram sum) {
    lag.drainInto(sum);
  }
}
