package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.cost.Estimate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of `mlops cost`.
 *
 * @param rate predictions a second for which the price of a thousand is asked
 */
public record CostView(
    String environment, String platform, Estimate estimate, Optional<BigDecimal> rate)
    implements View {
  private static final int THOUSANDTHS_OF_A_CENT = 5;
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  @Override
  public void text(Text text) {
    if (!estimate.items().isEmpty()) {
      text.table(rows());
      text.blank();
      text.facts(sums());
    }
    estimate.notes().forEach(note -> text.line("  " + text.style().dim(note)));
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("item", "what", "a month", "paused", "list of"));
    for (Estimate.Item item : estimate.items()) {
      String monthly = Estimate.cents(item.monthly()).toString();
      rows.add(
          List.of(
              item.name(),
              item.detail(),
              monthly,
              item.keptByPause() ? monthly : "0.00",
              item.priceDate().toString()));
    }
    return rows;
  }

  private Map<String, String> sums() {
    Map<String, String> sums = new LinkedHashMap<>();
    sums.put("environment", environment + " on " + platform);
    sums.put(
        "running",
        CostFacts.sum(estimate.monthly(), estimate)
            + " a month, "
            + estimate.hourly().setScale(3, RoundingMode.HALF_UP)
            + " an hour");
    sums.put("paused", CostFacts.amount(estimate.pausedMonthly(), estimate) + " a month");
    perThousand()
        .ifPresent(price ->
            sums.put("1,000 predictions", estimate.currency() + " " + price + " at that rate"));
    sums.put("basis", estimate.basis());
    return sums;
  }

  private Optional<BigDecimal> perThousand() {
    return rate.filter(_ -> !estimate.isUnpriced())
        .map(perSecond ->
            estimate
                .hourly()
                .multiply(THOUSAND)
                .divide(perSecond.multiply(SECONDS_PER_HOUR), MathContext.DECIMAL64)
                .setScale(THOUSANDTHS_OF_A_CENT, RoundingMode.HALF_UP));
  }

  @Override
  public String essential() {
    return estimate.isUnpriced() ? "unknown" : estimate.monthly().toString();
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Json.object().put("environment", environment).put("platform", platform);
    CostFacts.put(json, estimate);
    perThousand().ifPresent(price -> json.put("perThousandPredictions", price));
    return json;
  }
}
