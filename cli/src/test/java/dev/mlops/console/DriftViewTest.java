package dev.mlops.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.Golden;
import dev.mlops.drift.Bin;
import dev.mlops.drift.Column;
import dev.mlops.drift.DriftCounts;
import dev.mlops.drift.DriftSurvey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What `mlops drift` answers: as text, as recorded, and with the keys of docs/reference/json.md.
 */
final class DriftViewTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/console");

  @Test
  void showsTheWorstFirst() throws IOException {
    DriftCounts counts =
        new DriftCounts(
            "sha256:1",
            List.of(
                column("petal_length", true, 50, 50, 5_020, 4_980),
                column("petal_width", true, 50, 50, 9_000, 1_000),
                column("colour", false, 60, 40, 4_400, 5_600)),
            column("species", false, 50, 50, 6_900, 3_100));
    DriftView view = view(new DriftSurvey(Optional.of(counts), 2, 2, List.of()));
    check("drift", view);
    assertEquals("large", view.essential());
    assertEquals("petal_width", view.json().path("worst").asText());
    assertEquals(10_000, view.json().path("rows").asLong());
  }

  @Test
  void doesNotJudgeAFewRows() throws IOException {
    DriftCounts counts =
        new DriftCounts(
            "sha256:1",
            List.of(column("petal_length", true, 50, 50, 30, 10)),
            column("species", false, 50, 50, 40, 0));
    DriftView view = view(new DriftSurvey(Optional.of(counts), 2, 1, List.of("iris-2 is away")));
    check("drift-few", view);
    assertEquals("too few rows", view.essential());
    assertEquals("iris-2 is away", view.json().at("/notes/0").asText());
  }

  @Test
  void saysThatNobodyTold() throws IOException {
    DriftView view = view(new DriftSurvey(Optional.empty(), 1, 0, List.of("iris-1 is away")));
    check("drift-none", view);
    assertTrue(view.json().path("model").isNull());
    assertEquals(0, view.json().path("features").size());
  }

  @Test
  void hasThePromisedKeys() {
    DriftCounts counts =
        new DriftCounts(
            "sha256:1",
            List.of(column("a", true, 1, 1, 200, 200)),
            column("b", false, 1, 1, 400, 0));
    JsonNode json = view(new DriftSurvey(Optional.of(counts), 1, 1, List.of())).json();
    for (String key :
        List.of(
            "/environment",
            "/platform",
            "/reading",
            "/rows",
            "/worst",
            "/replicas/asked",
            "/replicas/answered",
            "/model",
            "/features/0/name",
            "/features/0/reading",
            "/features/0/psi",
            "/features/0/ks",
            "/features/0/bins/0/bin",
            "/features/0/bins/0/trained",
            "/features/0/bins/0/seen",
            "/prediction/name",
            "/notes")) {
      assertTrue(!json.at(key).isMissingNode(), key + " in " + json);
    }
  }

  private static void check(String name, View view) throws IOException {
    var bytes = new ByteArrayOutputStream();
    view.text(new Text(new PrintStream(bytes, true, UTF_8), new Style(false, false)));
    Golden.check(GOLDEN.resolve(name + ".txt"), bytes.toString(UTF_8));
  }

  private static DriftView view(DriftSurvey survey) {
    return new DriftView("dev", "local", survey, List.of("mlops logs"));
  }

  private static Column column(
      String name, boolean ordered, long trainedLow, long trainedHigh, long low, long high) {
    return new Column(
        name,
        ordered,
        List.of(new Bin("<1.0", trainedLow, low), new Bin(">=1.0", trainedHigh, high)));
  }
}
