package dev.mlops.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an environment costs by the list.
 *
 * @param region whose prices they are, or would have to be; empty where nothing costs
 * @param notes what the figures leave out, and what may lower or raise them; one sentence each
 * @param isComplete whether everything that bills by the hour has its figure
 */
public record Estimate(
    String currency, String region, List<Item> items, List<String> notes, boolean isComplete) {

  /**
   * @param name such as "nodes"
   * @param detail how many of what
   * @param hourly in the estimate's currency
   * @param keptByPause whether it is billed while the environment is paused
   * @param priceDate on which the provider listed it so
   */
  public record Item(
      String name,
      String detail,
      BigDecimal hourly,
      BigDecimal monthly,
      boolean keptByPause,
      LocalDate priceDate) {}

  public Estimate {
    items = List.copyOf(items);
    notes = List.copyOf(notes);
  }

  /** For what costs nothing, with the reason. */
  public static Estimate nothing(String why) {
    return new Estimate("USD", "", List.of(), List.of(why), true);
  }

  /** For what has its price, but none that is known here. */
  public static Estimate unknown(String why) {
    return new Estimate("USD", "", List.of(), List.of(why), false);
  }

  /** For what is billed by a list that has no prices of this region. */
  static Estimate unpriced(String currency, String region, String why) {
    return new Estimate(currency, region, List.of(), List.of(why), false);
  }

  /** Whether it is billed by a list, and no figure of it is known: then no sum says anything. */
  public boolean isUnpriced() {
    return items.isEmpty() && !isComplete && !region.isEmpty();
  }

  public BigDecimal hourly() {
    return items.stream().map(Item::hourly).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Rounded once, at the end. */
  public BigDecimal monthly() {
    return cents(items.stream().map(Item::monthly).reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  /** What is billed on while it is paused. */
  public BigDecimal pausedMonthly() {
    return cents(
        items.stream()
            .filter(Item::keptByPause)
            .map(Item::monthly)
            .reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  /** Of the oldest price in it. */
  public Optional<LocalDate> priceDate() {
    return items.stream().map(Item::priceDate).min(Comparator.naturalOrder());
  }

  /** Such as "list price of 2026-07-01 in us-central1": no figure goes without it. */
  public String basis() {
    return "list price of "
        + priceDate().map(LocalDate::toString).orElse("no date")
        + " in "
        + region
        + (isComplete ? "" : ", not all of it");
  }

  public static BigDecimal cents(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_UP);
  }
}
