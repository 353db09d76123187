package dev.mlops.service.http;

import static dev.mlops.service.http.RunningServer.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.train.RequestReader;
import dev.mlops.service.train.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of a model of many fields, of which one takes many words, and of large numbers. */
@Timeout(120)
final class WidePageTest {
  private static final int NUMBERS = 30;
  private static final int WORDS = 60;

  @TempDir private static Path folder;
  private static Browser browser;
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = Browser.program();
    assumeTrue(program.isPresent(), "there is no Chromium on the path");
    server = RunningServer.of(artifact());
    try (RawClient client = server.client()) {
      String rows = "[" + String.join(",", Collections.nCopies(150, row())) + "]";
      assertEquals(200, client.send(post(rows)).answer().status());
    }
    browser = Browser.start(program.get(), folder.resolve("browser"));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    browser.open("http://127.0.0.1:" + server.port() + "/");
    browser.await("document.querySelectorAll('#drifts tbody tr').length > 0");
  }

  @Test
  void showsWhatDriftsMostAndThenAll() throws Exception {
    browser.size(1100, 900);
    assertEquals(20, count("#drifts tbody tr"));
    assertTrue(count(".bins span") <= 20 * 20, "bars for every word");
    assertEquals(1100, browser.evaluate("document.documentElement.scrollWidth"));
    assertEquals("Show all 32 columns", browser.text("document.getElementById('all').textContent"));
    browser.evaluate("document.getElementById('all').click()");
    assertEquals(NUMBERS + 2, count("#drifts tbody tr"));
    assertEquals(true, browser.evaluate("document.getElementById('all').hidden"));
  }

  @Test
  void findsAFieldAndSendsAll() throws Exception {
    search("F1");
    assertEquals(11, count(".field:not([hidden])"));
    assertEquals("11 of 31 fields", browser.text("document.getElementById('found').textContent"));
    predict();
    String curl = browser.text("document.getElementById('curl').textContent");
    assertTrue(curl.contains("\"f29\":") && curl.contains("\"word\":"), curl);
  }

  @Test
  void showsAFieldThatIsAmissThoughAnotherWasLookedFor() throws Exception {
    search("word");
    browser.evaluate("document.querySelector('[name=f7]').value = ''");
    browser.evaluate("document.getElementById('predict').click()");
    browser.await("document.activeElement.name === 'f7'");
    assertEquals(NUMBERS + 1, count(".field:not([hidden])"));
  }

  @Test
  void bringsTheAnswerIntoViewAndLosesNoDigitBeforeThePoint() throws Exception {
    browser.size(360, 740);
    predict();
    browser.await(
        "(() => { const { top, bottom } = document.querySelector('.prediction').getBoundingClientRect();"
            + " return top >= 0 && bottom <= innerHeight; })()");
    String exact = browser.text("document.querySelector('.prediction').title");
    long whole = Math.round(Double.parseDouble(exact));
    assertTrue(whole > 1e11, exact);
    assertEquals(
        Long.toString(whole), browser.text("document.querySelector('.prediction').textContent"));
  }

  private static void predict() throws InterruptedException {
    browser.evaluate("document.getElementById('predict').click()");
    browser.await("document.querySelector('.prediction')");
  }

  private static void search(String part) throws InterruptedException {
    browser.evaluate(
        "{ const part = document.getElementById('part'); part.value = '%s'; part.dispatchEvent(new Event('input')); }"
            .formatted(part));
  }

  private static int count(String selector) throws InterruptedException {
    return ((Number) browser.evaluate("document.querySelectorAll('" + selector + "').length"))
        .intValue();
  }

  private static String row() {
    return IntStream.range(0, NUMBERS)
        .mapToObj(i -> "\"f" + i + "\":1")
        .collect(Collectors.joining(",", "{", ",\"word\":\"w1\"}"));
  }

  private static Artifact artifact() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < NUMBERS; i++) {
      text.append('f').append(i).append(',');
    }
    text.append("word,y\n");
    for (int row = 0; row < 600; row++) {
      for (int i = 0; i < NUMBERS; i++) {
        text.append((row * (i + 3)) % 17).append(',');
      }
      text.append('w').append(row % WORDS).append(',').append(1e12 + 1e9 * (row % 17)).append('\n');
    }
    Path data = Files.writeString(folder.resolve("data.csv"), text);
    Path request =
        Files.writeString(
            folder.resolve("request.json"),
            """
            {"name": "wide", "version": "1", "data": "%s", "target": "y", "task": "regression",
             "algorithm": {"kind": "linear-regression", "epochs": 2, "learningRate": 0.1,
                           "batchSize": 16, "seed": 3},
             "test": {"fraction": 0.2, "folds": 0}}
            """
                .formatted(data));
    return new Training(RequestReader.read(request), new Silence()).run();
  }

  private static final class Silence implements Training.Story {
    @Override
    public void progress(String message) {}

    @Override
    public void warning(String message) {}
  }
}
