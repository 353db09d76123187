package dev.mlops.cost;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What one unit of something costs by the list.
 *
 * @param hourly of a unit, or of the first units together
 * @param first how many units {@code hourly} is for; 0 if it is for each
 * @param more hourly, of each unit after the first ones
 * @param date on which the provider listed it so
 */
record Price(BigDecimal hourly, int first, BigDecimal more, LocalDate date, String source) {

  /** Of so many units, per hour. */
  BigDecimal hourly(BigDecimal units) {
    if (first == 0) {
      return hourly.multiply(units);
    }
    if (units.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal rest = units.subtract(BigDecimal.valueOf(first)).max(BigDecimal.ZERO);
    return hourly.add(more.multiply(rest));
  }
}
