package dev.mlops.service.data;

import dev.mlops.service.problem.Code;
import dev.mlops.service.problem.Guess;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A table after one reading: how long it is, and what its columns hold. */
public record Inspection(CsvFile file, long rows, List<Column> columns) {
  /** With fewer rows there is nothing to learn, and nothing to test it with. */
  public static final int FEWEST_ROWS = 10;

  private static final int PROGRESS_EVERY = 250_000;

  public Inspection {
    columns = List.copyOf(columns);
  }

  /**
   * @param exact names of columns whose numbers are to be told apart as words are
   * @throws dev.mlops.service.problem.ProblemException if the file can't be read, or is too small
   */
  public static Inspection of(CsvFile file, Set<String> exact, Consumer<String> progress) {
    List<ColumnScan> scans = new ArrayList<>();
    for (String name : file.header()) {
      scans.add(new ColumnScan(name, exact.contains(name)));
    }
    long[] rows = new long[1];
    file.read((fields, place) -> {
      for (int i = 0; i < fields.length; i++) {
        scans.get(i).add(fields[i], place);
      }
      rows[0] = place.row();
      if (place.row() % PROGRESS_EVERY == 0) {
        progress.accept("Looked at " + place.row() + " rows");
      }
    });
    return new Inspection(file, rows[0], scans.stream().map(ColumnScan::column).toList())
        .largeEnough();
  }

  /**
   * @throws dev.mlops.service.problem.ProblemException if there is no such column
   */
  public Column column(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Code.DATA_NO_TARGET.problem(
                "There is no column `" + name + "` in " + file.path().getFileName(),
                Guess.among(file.header(), name),
                "Name a column of the header"));
  }

  private Inspection largeEnough() {
    if (rows == 0) {
      throw Code.DATA_TOO_SMALL.problem(
          file.path() + " has a header but no rows", "", "Put the data under the header");
    }
    if (rows < FEWEST_ROWS) {
      throw Code.DATA_TOO_SMALL.problem(
          file.path() + " has " + rows + (rows == 1 ? " row" : " rows"),
          "A model needs at least " + FEWEST_ROWS + " to learn from and be tested with",
          "");
    }
    if (columns.size() < 2) {
      throw Code.DATA_HEADER.problem(
          file.path() + " has only the column `" + columns.getFirst().name() + "`",
          "A model needs a column to predict and at least one to predict it from",
          "If the columns are delimited by something else than , ; tab or |, change that");
    }
    return this;
  }
}
