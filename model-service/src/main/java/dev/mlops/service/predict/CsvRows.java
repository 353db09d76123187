package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.MALFORMED_CSV;
import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.mlops.service.data.Fields;

/** Reads lines of values that have no names; a field means what it means in training data. */
final class CsvRows {
  // How many fields a line has is checked here, with a better word than the reader's.
  private static final CsvReader.CsvReaderBuilder LINES =
      CsvReader.builder()
          .skipEmptyLines(true)
          .allowUnclosedQuote(false)
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE);

  private final Slots slots;

  CsvRows(Slots slots) {
    this.slots = slots;
  }

  void read(byte[] body, int from, int length, Rows rows) throws Refusal {
    if (!Utf8.isValid(body, from, length)) {
      throw Refusal.of(MALFORMED_CSV, "The body is not UTF-8");
    }
    String text = new String(body, from, length, UTF_8);
    try {
      for (CsvRecord line : LINES.ofCsvRecord(text)) {
        read(line, rows);
      }
    } catch (CsvParseException _) {
      throw Refusal.of(
          MALFORMED_CSV, "The body is not CSV: a double quote is not closed, or not doubled");
    }
  }

  private void read(CsvRecord line, Rows rows) throws Refusal {
    double[] row = rows.next();
    try {
      slots.checkCount(line.getFieldCount());
      for (int i = 0; i < row.length; i++) {
        String field = line.getField(i).strip();
        Slot slot = slots.get(i);
        row[i] = Fields.isMissing(field) ? Slots.missing(slot) : slot.of(field);
      }
    } catch (Refusal refusal) {
      throw refusal.inRow(rows.count());
    }
    rows.add();
  }
}
