package dev.mlops.service.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.mlops.service.problem.Code;
import dev.mlops.service.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * A table in a CSV file (RFC 4180, UTF-8, one of the usual delimiters), which is read row by row
 * and as often as wanted: no more than a row of it is held.
 *
 * @param header names of the columns, each once
 */
public record CsvFile(Path path, char delimiter, List<String> header) {
  /** Receives the rows. */
  @FunctionalInterface
  public interface RowReader {
    /**
     * @param fields one for each column, without white space around them
     */
    void row(String[] fields, Place place);
  }

  /**
   * Where a row stands.
   *
   * @param row counted from 1, without the header
   * @param line of the file at which it starts
   */
  public record Place(long row, long line) {
    @Override
    public String toString() {
      return "row " + row + " (line " + line + ")";
    }
  }

  /**
   * Reads no further than the header.
   *
   * @throws ProblemException if the file can't be read, is empty, or its header is not one
   */
  public static CsvFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw Code.DATA_UNREADABLE.problem(
          Files.exists(path) ? path + " is not a file" : "There is no file " + path,
          "",
          "Name a CSV file");
    }
    return reading(
        path,
        () -> {
          char delimiter = delimiter(path);
          try (CsvReader<CsvRecord> records = records(path, delimiter)) {
            Iterator<CsvRecord> rows = records.iterator();
            if (!rows.hasNext()) {
              throw Code.DATA_TOO_SMALL.problem(path + " is empty", "", "");
            }
            return new CsvFile(path, delimiter, Header.check(fields(rows.next())));
          }
        });
  }

  /**
   * Reads all rows.
   *
   * @throws ProblemException if a row has not as many fields as the header, or can't be read
   */
  public void read(RowReader reader) {
    reading(
        path,
        () -> {
          try (CsvReader<CsvRecord> records = records(path, delimiter)) {
            Iterator<CsvRecord> rows = records.iterator();
            rows.next();
            for (long row = 1; rows.hasNext(); row++) {
              CsvRecord record = rows.next();
              Place place = new Place(row, record.getStartingLineNumber());
              reader.row(checked(fields(record), place), place);
            }
            return this;
          }
        });
  }

  private String[] checked(String[] fields, Place place) {
    if (fields.length == header.size()) {
      return fields;
    }
    boolean more = fields.length > header.size();
    String where =
        more
            ? "the first one too many is \"" + fields[header.size()] + "\""
            : "the first one lacking is `" + header.get(fields.length) + "`";
    throw Code.DATA_SHAPE.problem(
        place + " has " + fields.length + " fields, the header " + header.size(),
        where,
        "Every row needs as many fields as the header; a field that holds the delimiter '"
            + (delimiter == '\t' ? "\\t" : String.valueOf(delimiter))
            + "' needs double quotes around it");
  }

  private static char delimiter(Path path) throws IOException {
    try (BufferedReader text = new BufferedReader(Utf8.reader(path))) {
      return Header.guessDelimiter(text);
    }
  }

  private static CsvReader<CsvRecord> records(Path path, char delimiter) throws IOException {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .skipEmptyLines(true)
        .trimWhitespacesAroundQuotes(true)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .ofCsvRecord(Utf8.reader(path));
  }

  private static String[] fields(CsvRecord record) {
    String[] fields = new String[record.getFieldCount()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = record.getField(i).strip();
    }
    return fields;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T reading(Path path, Reading<T> reading) {
    try {
      return reading.read();
    } catch (CharacterCodingException e) {
      throw Utf8.problem(path);
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof CharacterCodingException
          ? Utf8.problem(path)
          : unreadable(path, e.getCause());
    } catch (CsvParseException e) {
      throw malformed(path, e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static ProblemException malformed(Path path, CsvParseException e) {
    String why = "";
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof CharacterCodingException) {
        return Utf8.problem(path);
      }
      why = String.valueOf(cause.getMessage());
    }
    return Code.DATA_SHAPE.problem(
        path + " is not CSV: " + e.getMessage(),
        why,
        "Look for a double quote that is not closed, or not doubled inside a quoted field");
  }

  private static ProblemException unreadable(Path path, IOException e) {
    return Code.DATA_UNREADABLE.problem(
        "Can't read " + path, e.getClass().getSimpleName() + ": " + e.getMessage(), "");
  }
}
