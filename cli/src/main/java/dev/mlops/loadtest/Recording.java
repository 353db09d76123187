package dev.mlops.loadtest;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What one thread has seen in one part of the test. Written by that thread alone; {@link
 * #drainInto} may be called by another at any time, {@link #errors} once the writer has ended.
 */
final class Recording {
  private final Times latency = new Times();
  private final Times service = new Times();
  private final Map<String, ErrorCount> errors = new HashMap<>();
  private final AtomicLong errorTotal = new AtomicLong();
  private long errorsSeen;

  /**
   * @param fromIntended nanoseconds since the request should have been sent
   * @param fromSent nanoseconds since it was
   */
  void answered(long fromIntended, long fromSent) {
    latency.record(fromIntended);
    service.record(fromSent);
  }

  /**
   * @param example asked for the first of its kind only
   */
  void failed(String kind, Supplier<String> example) {
    ErrorCount before = errors.get(kind);
    errors.put(
        kind,
        before == null
            ? new ErrorCount(kind, 1, example.get())
            : new ErrorCount(kind, before.count() + 1, before.example()));
    errorTotal.setRelease(errorTotal.getPlain() + 1);
  }

  /** Moves what was answered since the last call to the sums. */
  void drainInto(Interval sums) {
    latency.drainInto(sums.latency());
    service.drainInto(sums.service());
    long now = errorTotal.getAcquire();
    sums.addErrors(now - errorsSeen);
    errorsSeen = now;
  }

  /** By kind. */
  Map<String, ErrorCount> errors() {
    return errors;
  }
}
