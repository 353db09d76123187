package dev.mlops.platform.gcp.fake;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What goes wrong on the way: which call, the how manieth, and whether its work is done by then.
 */
public final class Faults {
  public enum Moment {
    /** Nothing was done. */
    BEFORE,
    /** It was done, and the answer is lost. */
    AFTER
  }

  /** One rule, used up after {@code times} calls. */
  private record Rule(
      Predicate<String> method,
      Moment moment,
      Supplier<? extends RuntimeException> fault,
      AtomicInteger toSkip,
      AtomicInteger times) {
    boolean hits(String name, Moment now) {
      return moment == now
          && times.get() > 0
          && method.test(name)
          && toSkip.getAndDecrement() <= 0
          && times.getAndDecrement() > 0;
    }
  }

  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private volatile Duration latency = Duration.ZERO;

  /** Of each call, added before its work. */
  public void latency(Duration each) {
    latency = each;
  }

  /** Calls whose name ends so fail, once. */
  public void once(String method, Moment moment, RuntimeException fault) {
    times(method, moment, 0, 1, fault);
  }

  /**
   * @param skip how many matching calls pass first
   * @param times how many fail then
   */
  public void times(String method, Moment moment, int skip, int times, RuntimeException fault) {
    when(name -> name.endsWith(method), moment, skip, times, () -> fault);
  }

  public void when(
      Predicate<String> method,
      Moment moment,
      int skip,
      int times,
      Supplier<? extends RuntimeException> fault) {
    rules.add(new Rule(method, moment, fault, new AtomicInteger(skip), new AtomicInteger(times)));
  }

  public void clear() {
    rules.clear();
    latency = Duration.ZERO;
  }

  void delay() {
    Duration each = latency;
    if (each.isPositive()) {
      try {
        Thread.sleep(each);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void strike(String method, Moment moment) {
    Optional<Rule> rule = rules.stream().filter(each -> each.hits(method, moment)).findFirst();
    if (rule.isPresent()) {
      throw rule.get().fault().get();
    }
  }
}
