package dev.mlops.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ColumnTest {
  @Test
  void hasTheFieldsFigures() {
    Column column = column(true, new long[] {25, 25, 25, 25}, new long[] {100, 200, 300, 400});
    assertEquals(0.22822, column.psi(), 1e-5);
    assertEquals(0.2, column.ks(), 1e-12);
  }

  @Test
  void readsThemAtTheUsualBounds() {
    long[] trained = {2500, 2500, 2500, 2500};
    assertEquals(Reading.STABLE, read(trained, 2600, 2400, 2500, 2500));
    assertEquals(Reading.MODERATE, read(trained, 1300, 2200, 2900, 3600));
    assertEquals(Reading.LARGE, read(trained, 100, 900, 4000, 5000));
  }

  @Test
  void saysWhereThereIsTooLittle() {
    assertEquals(Reading.TOO_FEW, read(new long[] {50, 50}, 0, 99));
    assertEquals(Reading.NOT_MEASURED, read(new long[] {0, 0}, 500, 500));
    assertEquals(
        Reading.CHANCE,
        read(
            new long[] {12, 12, 12, 12, 12, 12, 12, 12, 12, 12},
            14,
            8,
            13,
            9,
            5,
            12,
            6,
            17,
            12,
            4));
  }

  /** Of samples of one distribution one in twenty is beyond it: by simulation. */
  @Test
  void knowsWhatChanceDoes() {
    SplittableRandom random = new SplittableRandom(7);
    int beyond = 0;
    for (int i = 0; i < 2000; i++) {
      Column column = column(true, sample(random, 1000), sample(random, 500));
      beyond += column.psi() > column.psiByChance() ? 1 : 0;
    }
    assertTrue(beyond > 60 && beyond < 150, beyond + " of 2000");
  }

  @Test
  void addsUp() {
    Column one = column(false, new long[] {5, 5}, new long[] {1, 2});
    Column other = column(false, new long[] {5, 5}, new long[] {30, 40});
    assertEquals(List.of(new Bin("0", 5, 31), new Bin("1", 5, 42)), one.plus(other).bins());
  }

  private static long[] sample(SplittableRandom random, int rows) {
    long[] counts = new long[10];
    for (int i = 0; i < rows; i++) {
      counts[random.nextInt(10)]++;
    }
    return counts;
  }

  private static Reading read(long[] trained, long... seen) {
    return column(true, trained, seen).reading();
  }

  private static Column column(boolean ordered, long[] trained, long[] seen) {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < trained.length; i++) {
      bins.add(new Bin(Integer.toString(i), trained[i], seen[i]));
    }
    return new Column("x", ordered, bins);
  }
}
