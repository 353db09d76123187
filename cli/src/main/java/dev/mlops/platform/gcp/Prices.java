package dev.mlops.platform.gcp;

import dev.mlops.cost.Estimate;
import dev.mlops.cost.PriceList;
import java.math.BigDecimal;

/** What single things cost a month by the list, for what is found and for what stays. */
record Prices(PriceList list) {
  private static final BigDecimal BYTES_PER_GB = BigDecimal.valueOf(1_000_000_000);

  static Prices here() {
    return new Prices(PriceList.gcp());
  }

  BigDecimal registry(long bytes) {
    return of("registry-gb", BigDecimal.valueOf(bytes).divide(BYTES_PER_GB));
  }

  /** Prices of another region differ by some percent; what is there and what is not does not. */
  String basis() {
    return list.currency() + ", list price of " + list.oldest() + " in " + list.region();
  }

  BigDecimal of(String price, BigDecimal units) {
    return Estimate.cents(list.monthly(price, units));
  }
}
