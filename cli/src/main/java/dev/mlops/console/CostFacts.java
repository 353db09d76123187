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
    return estimate.items().isEmpty()
        ? Optional.empty()
        : Optional.of(
            amount(estimate.monthly(), estimate)
                + " a month, "
                + amount(estimate.pausedMonthly(), estimate)
                + " paused ("
                + estimate.basis()
                + ")");
  }

  /** Of what runs, in the state that it is in. */
  static Optional<String> now(Estimate estimate, Status.State state) {
    if (estimate.items().isEmpty() || state == Status.State.ABSENT) {
      return Optional.empty();
    }
    BigDecimal monthly =
        state == Status.State.PAUSED ? estimate.pausedMonthly() : estimate.monthly();
    return Optional.of(amount(monthly, estimate) + " a month (" + estimate.basis() + ")");
  }

  static String amount(BigDecimal amount, Estimate estimate) {
    return estimate.currency() + " " + Estimate.cents(amount);
  }

  static void put(ObjectNode json, Estimate estimate) {
    json.put("currency", estimate.currency())
        .put("region", estimate.region())
        .put("priceDate", estimate.priceDate().map(LocalDate::toString).orElse(null))
        .put("hourly", hourly(estimate.hourly()))
        .put("monthly", estimate.monthly())
        .put("pausedMonthly", estimate.pausedMonthly())
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
