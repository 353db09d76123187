package dev.mlops.service.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.artifact.Task;
import dev.mlops.service.problem.Code;
import dev.mlops.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectionTest {
  @TempDir private Path folder;

  @Test
  void iris() throws Exception {
    Inspection iris = inspect(Path.of("src/test/resources/data/iris.csv"));
    assertEquals(150, iris.rows());
    assertEquals(new Content.Numbers(4.3, 7.9, false), iris.column("sepal_length").content());
    assertEquals(
        new Content.Category(List.of("setosa", "versicolor", "virginica")),
        iris.column("species").content());
    assertEquals(50, iris.column("species").values().mostFrequent());
    assertEquals("species", Goal.suggest(iris.columns()).name());
    assertEquals(Task.CLASSIFICATION, Goal.infer(iris.column("species")));
    assertEquals(Task.REGRESSION, Goal.infer(iris.column("petal_width")));
  }

  @Test
  void tellsTypesAndMissingValuesApart() throws Exception {
    Inspection table =
        inspect(
            rows(
                "id;größe (cm);farbe;verkauft;leer;note;stufe",
                20,
                i ->
                    (i + 1)
                        + ";"
                        + (i == 3 ? "NA" : i + ".5e1")
                        + ";"
                        + (i % 2 == 0 ? "\"rot; hell\"" : " blau ")
                        + ";"
                        + (i == 7 ? "" : i % 3 == 0 ? "Yes" : "no")
                        + ";?;text nr "
                        + i
                        + ";"
                        + i % 4));
    assertEquals(';', table.file().delimiter());
    assertTrue(table.column("id").advice().leaveOut());
    assertEquals(new Content.Numbers(5, 195, true), table.column("größe (cm)").content());
    assertEquals(1, table.column("größe (cm)").missing().rows());
    assertEquals(
        "row 4 (line 5)", table.column("größe (cm)").missing().first().orElseThrow().toString());
    assertEquals(
        new Content.Category(List.of("blau", "rot; hell")), table.column("farbe").content());
    assertEquals(new Content.Flags(), table.column("verkauft").content());
    assertEquals(new Content.Nothing(), table.column("leer").content());
    assertEquals(new Content.Text(), table.column("note").content());
    assertEquals(Task.CLASSIFICATION, Goal.infer(table.column("stufe")));
  }

  @Test
  void namesTheFirstValueThatIsNoNumber() throws Exception {
    Inspection table =
        inspect(rows("a,b", 600, i -> (i == 411 ? "abc" : String.valueOf(i * 0.1)) + "," + i % 2));
    Column column = table.column("a");
    assertInstanceOf(Content.Text.class, column.content());
    assertTrue(column.advice().note().contains("\"abc\" in row 412 (line 413)"));
  }

  @Test
  void namesNumbersWithADecimalComma() throws Exception {
    Inspection table = inspect(rows("a;b", 60, i -> i + ",5;" + (i == 50 ? "x" : i + ",5")));
    assertEquals(
        "numbers with a decimal comma, such as \"0,5\"; write them with a point",
        table.column("a").advice().note());
    assertTrue(table.column("b").advice().note().startsWith("too many different values"));
  }

  @Test
  void leavesOutDatesHoweverFewThereAre() throws Exception {
    Inspection table =
        inspect(
            rows(
                "day,at,plan,since",
                60,
                i ->
                    "2026-01-%02d,2026-01-01T0%d:00:00Z,%s,%s"
                        .formatted(
                            i % 5 + 1, i % 3, "ab".charAt(i % 2), i == 7 ? "never" : "1.2.2025")));
    for (String name : List.of("day", "at")) {
      Column column = table.column(name);
      assertInstanceOf(Content.Text.class, column.content());
      assertTrue(column.advice().leaveOut());
      assertTrue(
          column.advice().note().startsWith("dates, such as \"2026-01-01"), column.toString());
    }
    assertEquals(new Content.Category(List.of("a", "b")), table.column("plan").content());
    assertInstanceOf(Content.Category.class, table.column("since").content());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31",
        "2026/1/3",
        "31.12.2025",
        "12/31/2025",
        "2026-01-31T12:30:00.123Z",
        "2026-01-31 12:30",
        "2026-01-31T12:30:00+01:00",
        "12/31/2025 11:59 PM"
      })
  void dates(String field) {
    assertTrue(Fields.isDate(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2026", "2026-01", "1.2.3.4", "12:30", "2026-01-31x", "3026-01-31"})
  void noDates(String field) {
    assertFalse(Fields.isDate(field));
  }

  @Test
  void readsQuotedNewlinesByteOrderMarkAndCarriageReturns() throws Exception {
    String text =
        "\uFEFF\"a,1\",b\r\n"
            + IntStream.range(0, 12)
                .mapToObj(i -> "\"line one\nline \"\"two\"\"\"," + i + "\r\n")
                .collect(Collectors.joining());
    Inspection table = inspect(write(text.getBytes(UTF_8)));
    assertEquals(List.of("a,1", "b"), table.file().header());
    assertEquals(12, table.rows());
    assertEquals(List.of("line one\nline \"two\""), table.column("a,1").values().examples());
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void findsTheDelimiter(String delimiter) throws Exception {
    Inspection table =
        inspect(rows("a" + delimiter + "\"b,;|\t,;|\t,\"", 10, i -> i + delimiter + i % 2));
    assertEquals(delimiter, String.valueOf(table.file().delimiter()));
    assertEquals(List.of("a", "b,;|\t,;|\t,"), table.file().header());
  }

  @Test
  void refusesRaggedRows() throws Exception {
    refused(
        Code.DATA_SHAPE,
        rows("a,b,c", 20, i -> i == 16 ? "1,2" : "1,2,3"),
        "row 17 (line 18) has 2 fields, the header 3");
    refused(
        Code.DATA_SHAPE,
        rows("a,b", 20, i -> i == 4 ? "1,234,5" : "1,2"),
        "row 5 (line 6) has 3 fields, the header 2");
  }

  @Test
  void refusesWhatIsNotCsvOrNotUtf8() throws Exception {
    refused(Code.DATA_SHAPE, rows("a,b", 20, i -> i == 5 ? "\"open,2" : "1,2"), "is not CSV");
    refused(
        Code.DATA_ENCODING,
        write("name,x\nJosé,1\n".getBytes(ISO_8859_1)),
        "is not UTF-8: see line 2");
    byte[] late = rowsText("a,b", 5000, i -> i == 4321 ? "é,1" : "x,1").getBytes(ISO_8859_1);
    refused(Code.DATA_ENCODING, write(late), "is not UTF-8: see line 4323");
    Path wide = write("a,b\n1,2\n".getBytes(UTF_16));
    refused(Code.DATA_ENCODING, wide, "is not UTF-8");
    ProblemException problem = assertThrows(ProblemException.class, () -> inspect(wide));
    assertTrue(problem.next().contains("iconv -f UTF-16 "), problem.next());
  }

  @Test
  void aTargetWithDecimalCommasIsSaidToHaveThem() throws Exception {
    Inspection table = inspect(rows("a;y", 20, i -> i % 3 + ";" + i + ",5"));
    for (Task task : Task.values()) {
      ProblemException problem =
          assertThrows(
              ProblemException.class, () -> new Goal(table.column("y"), task).check(table.rows()));
      assertTrue(problem.why().startsWith("Numbers with a decimal comma"), problem.why());
    }
  }

  @Test
  void refusesHeadersThatAreNone() throws Exception {
    refused(Code.DATA_HEADER, rows("a,,c", 10, i -> "1,2,3"), "Column 2 has no name");
    refused(
        Code.DATA_HEADER, rows("a,b,a", 10, i -> "1,2,3"), "Columns 1 and 3 are both named `a`");
    refused(Code.DATA_HEADER, rows("5.1,3.5,0.2", 10, i -> "1,2,3"), "numbers where the names");
    refused(Code.DATA_HEADER, rows("only", 10, i -> "1"), "has only the column `only`");
  }

  @Test
  void refusesTooLittle() throws Exception {
    refused(Code.DATA_TOO_SMALL, write(new byte[0]), "is empty");
    refused(Code.DATA_TOO_SMALL, write("\n\n".getBytes(UTF_8)), "is empty");
    refused(Code.DATA_TOO_SMALL, write("a,b\n".getBytes(UTF_8)), "a header but no rows");
    refused(Code.DATA_TOO_SMALL, rows("a,b", 9, i -> "1,2"), "has 9 rows");
    refused(Code.DATA_UNREADABLE, folder.resolve("none.csv"), "There is no file");
    refused(Code.DATA_UNREADABLE, folder, "is not a file");
  }

  @Test
  void guessesTheColumnThatWasMeant() throws Exception {
    Inspection table = inspect(rows("species,x", 10, i -> "a,1"));
    ProblemException problem = assertThrows(ProblemException.class, () -> table.column("Specis"));
    assertEquals(Code.DATA_NO_TARGET, problem.code());
    assertEquals("Did you mean `species`?", problem.why());
  }

  @Test
  void refusesTargetsThatCannotBePredicted() throws Exception {
    refusedTarget("1,x", Task.CLASSIFICATION, "is \"x\" in every row");
    refusedTarget("1,7", Task.REGRESSION, "is 7 in every row");
    Inspection text = inspect(rows("a,y", 20, i -> "1,word " + i));
    refusedTarget(text, Task.CLASSIFICATION, "has 20 different values in 20 rows");
    refusedTarget(text, Task.REGRESSION, "is \"word 0\" in row 1 (line 2)");
    Inspection gap = inspect(rows("a,y", 20, i -> i == 12 ? "1,NA" : "1," + i % 2));
    refusedTarget(gap, Task.CLASSIFICATION, "is missing in row 13 (line 14)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-1.5", "+.5", "5.", "1e3", "-2.5E-7"})
  void numbers(String field) {
    assertEquals(Double.parseDouble(field), Fields.number(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", ".", "1d", "0x1p3", "Infinity", "1e", "1,5", "١", "1 2"})
  void notNumbers(String field) {
    assertTrue(Double.isNaN(Fields.number(field)));
  }

  @Test
  void aNumberBeyondDoubleIsAWord() throws Exception {
    Inspection table = inspect(rows("a,b", 10, i -> (i == 2 ? "1e999" : "1") + "," + i));
    assertFalse(table.column("a").values().firstWord().isEmpty());
  }

  private void refusedTarget(String row, Task task, String message) throws IOException {
    refusedTarget(inspect(rows("a,y", 20, i -> row)), task, message);
  }

  private static void refusedTarget(Inspection table, Task task, String message) {
    Goal goal = new Goal(table.column("y"), task);
    ProblemException problem = assertThrows(ProblemException.class, () -> goal.check(table.rows()));
    assertEquals(Code.DATA_TARGET, problem.code());
    assertTrue(problem.getMessage().contains(message), problem.getMessage());
  }

  private static void refused(Code code, Path file, String message) {
    ProblemException problem = assertThrows(ProblemException.class, () -> inspect(file));
    assertEquals(code, problem.code(), problem.getMessage());
    assertTrue(problem.getMessage().contains(message), problem.getMessage());
  }

  private static Inspection inspect(Path file) {
    return Inspection.of(CsvFile.open(file), Set.of(), _ -> {});
  }

  private interface Row {
    String at(int index);
  }

  private Path rows(String header, int count, Row row) throws IOException {
    return write(rowsText(header, count, row).getBytes(UTF_8));
  }

  private static String rowsText(String header, int count, Row row) {
    return header
        + "\n"
        + IntStream.range(0, count).mapToObj(i -> row.at(i) + "\n").collect(Collectors.joining());
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(Files.createTempFile(folder, "data", ".csv"), content);
  }
}
