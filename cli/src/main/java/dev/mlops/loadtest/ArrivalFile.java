package dev.mlops.loadtest;

import dev.mlops.problem.Code;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;

/** Recorded moments of arrival, in nanoseconds from the first, in their order. */
public final class ArrivalFile {
  private static final int MOST = 10_000_000;

  private final String name;
  private final long[] nanos;

  private ArrivalFile(String name, long[] nanos) {
    this.name = name;
    this.nanos = nanos;
  }

  /** Of moments that are known already. */
  static ArrivalFile of(String name, long[] nanos) {
    return new ArrivalFile(name, nanos.clone());
  }

  /**
   * Reads a moment from each line's first column: seconds such as {@code 12.345}, or an instant
   * such as {@code 2026-01-31T12:00:00.123Z}. A first line that is neither is taken for a header.
   *
   * @throws dev.mlops.problem.MlopsException if it can't be read or holds something else
   */
  public static ArrivalFile read(Path file) {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      long[] moments = new long[1_024];
      int count = 0;
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String column = line.split("[,;\t]", 2)[0].strip();
        if (column.isEmpty() || (number == 1 && isHeader(column))) {
          continue;
        }
        moments = count < moments.length ? moments : Arrays.copyOf(moments, 2 * count);
        moments[count++] = moment(column, file, number);
        if (count > MOST) {
          throw fault(file, "it has more than " + Figures.count(MOST) + " lines");
        }
      }
      if (count == 0) {
        throw fault(file, "it holds no moment");
      }
      return new ArrivalFile(
          file.getFileName().toString(), fromFirst(Arrays.copyOf(moments, count)));
    } catch (MalformedInputException e) {
      throw fault(file, "it is not UTF-8");
    } catch (IOException e) {
      throw Code.LOAD_PAYLOAD.problem(
          "The arrivals in " + file + " can't be read", "", "Name another file.", e);
    }
  }

  private static boolean isHeader(String column) {
    return !Character.isDigit(column.charAt(0)) && column.charAt(0) != '-';
  }

  private static long moment(String column, Path file, int line) {
    try {
      if (column.contains("T")) {
        Instant instant = Instant.parse(column);
        return Math.addExact(instant.getEpochSecond() * 1_000_000_000L, instant.getNano());
      }
      return Math.round(Double.parseDouble(column) * 1e9);
    } catch (NumberFormatException | DateTimeParseException | ArithmeticException e) {
      throw fault(file, "line " + line + " is no moment: '" + column + "'");
    }
  }

  private static RuntimeException fault(Path file, String why) {
    return Code.LOAD_PAYLOAD.problem(
        "The arrivals in " + file + " can't be replayed: " + why,
        "Each line begins with seconds, such as 12.345, or with an instant.",
        "Correct the file or name another one.");
  }

  private static long[] fromFirst(long[] moments) {
    Arrays.sort(moments);
    long first = moments[0];
    for (int i = 0; i < moments.length; i++) {
      moments[i] -= first;
    }
    return moments;
  }

  String name() {
    return name;
  }

  int count() {
    return nanos.length;
  }

  /**
   * @param index from 0 in their order
   */
  long nanos(int index) {
    return nanos[index];
  }

  Duration length() {
    return Duration.ofNanos(nanos[nanos.length - 1]);
  }
}
