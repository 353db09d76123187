package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.cost.Estimate;
import dev.mlops.platform.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;

/** What it costs, as the views of several commands show it: never without date and region. */
public final class CostFacts {
  private static final int HOURLY_DIGITS = 6;

  private CostFacts() {}

  /** Of everything that the config makes; empty where nothing is billed. */
  public static Optional<String> line(Estimate estimate) {
    if (estimate.isUnpriced()) {
      return Optional.of(estimate.notes().getFirst());
    }
    return estimate.items().isEmpty()
        ? Optional.empty()
        : Optional.of(
            sum(estimate.monthly(), estimate)
                + " a month, "
                + amount(estimate.pausedMonthly(), estimate)
                + " paused ("
                + estimate.basis()
                + ")");
  }

  /** Of what runs, in the state that it is in. */
  static Optional<String> now(Estimate estimate, Status.State state) {
    if (state == Status.State.ABSENT) {
      return Optional.empty();
    }
    if (estimate.items().isEmpty()) {
      return line(estimate);
    }
    BigDecimal monthly =
        state == Status.State.PAUSED ? estimate.pausedMonthly() : estimate.monthly();
    return Optional.of(sum(monthly, estimate) + " a month (" + estimate.basis() + ")");
  }

  /** Of all items; where one has no price, there is more to it. */
  static String sum(BigDecimal amount, Estimate estimate) {
    return (estimate.isComplete() ? "" : "at least ") + amount(amount, estimate);
  }

  static String amount(BigDecimal amount, Estimate estimate) {
    return estimate.currency() + " " + Estimate.cents(amount);
  }

  static void put(ObjectNode json, Estimate estimate) {
    json.put("currency", estimate.currency())
        .put("region", estimate.region())
        .put("priceDate", estimate.priceDate().map(LocalDate::toString).orElse(null))
        .put("hourly", estimate.isUnpriced() ? null : hourly(estimate.hourly()))
        .put("monthly", estimate.isUnpriced() ? null : estimate.monthly())
        .put("pausedMonthly", estimate.isUnpriced() ? null : estimate.pausedMonthly())
        .put("complete", estimate.isComplete());
    ArrayNode items = json.putArray("items");
    for (Estimate.Item item : estimate.items()) {
      items
          .addObject()
          .put("name", item.name())
          .put("detail", item.detail())
          .put("hourly", hourly(item.hourly()))
          .put("monthly", Estimate.cents(item.monthly()))
          .put("keptByPause", item.keptByPause())
          .put("priceDate", item.priceDate().toString());
    }
    ArrayNode notes = json.putArray("notes");
    estimate.notes().forEach(notes::add);
  }

  private static BigDecimal hourly(BigDecimal amount) {
    return amount.setScale(HOURLY_DIGITS, RoundingMode.HALF_UP);
  }
}
