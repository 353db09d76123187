package dev.mlops.platform.gcp;

import dev.mlops.cost.Estimate;
import dev.mlops.cost.PriceList;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What single things cost a month by the list, for what is found and for what stays; nothing is
 * said of regions that the list is not of.
 */
record Prices(PriceList list, String region) {
  private static final BigDecimal BYTES_PER_GB = BigDecimal.valueOf(1_000_000_000);

  static Prices of(Site site) {
    return new Prices(PriceList.gcp(), site.config().region());
  }

  Optional<BigDecimal> registry(long bytes) {
    return of("registry-gb", BigDecimal.valueOf(bytes).divide(BYTES_PER_GB));
  }

  String basis() {
    return list.isOf(region)
        ? list.currency() + ", list price of " + list.oldest() + " in " + region
        : list.noneOf(region);
  }

  /** Nothing costs nothing, wherever it is. */
  Optional<BigDecimal> of(String price, BigDecimal units) {
    return units.signum() == 0 || list.isOf(region)
        ? Optional.of(Estimate.cents(list.monthly(price, units)))
        : Optional.empty();
  }
}
