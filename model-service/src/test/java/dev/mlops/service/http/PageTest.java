package dev.mlops.service.http;

import static dev.mlops.service.http.RunningServer.GOOD;
import static dev.mlops.service.http.RunningServer.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlops.service.artifact.SampleArtifact;
import dev.mlops.service.json.Json;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as a person meets it, in a real browser. */
final class PageTest {
  private static final Path SHOTS = Path.of("target/page");
  private static final Set<String> INPUTS =
      Set.of("textbox", "spinbutton", "combobox", "button", "link", "DisclosureTriangle");

  @TempDir private static Path profile;
  private static Browser browser;
  private RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = Browser.program();
    assumeTrue(program.isPresent(), "there is no Chromium on the path");
    browser = Browser.start(program.get(), profile);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    server = RunningServer.ready();
    browser.open("http://127.0.0.1:" + server.port() + "/");
    browser.await("document.getElementById('form')?.hidden === false");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void answersTheSampleWithBarsAndNothingFromElsewhere() throws Exception {
    browser.evaluate("document.getElementById('predict').click()");
    browser.await("document.querySelector('.prediction')");
    Json answer = predict(sample());
    assertEquals(answer.get("prediction").text(), text(".prediction"));
    assertEquals(answer.get("prediction").text(), text("#result tr.best th"));
    assertEquals(
        SampleArtifact.CLASSES.size(),
        browser.evaluate("document.querySelectorAll('#result tbody tr').length"));
    double share =
        ((Number)
                browser.evaluate(
                    "parseFloat(document.querySelector('.best .track div').style.width)"))
            .doubleValue();
    String best = answer.get("prediction").text();
    assertEquals(100 * answer.get("probabilities").get(best).number(), share, 1e-3);
    assertTrue(text("#curl").contains("curl -s http://127.0.0.1:" + server.port() + "/predict"));
    assertNothingIsAmiss();
  }

  @Test
  void isUsedByTheKeyboardAlone() throws Exception {
    browser.press("Tab", 9);
    assertEquals("size", browser.text("document.activeElement.name"));
    browser.press("Enter", 13);
    browser.await("document.querySelector('.prediction')");
    assertNothingIsAmiss();
  }

  @Test
  void namesEveryControlForAScreenReader() throws Exception {
    Json tree = browser.call("Accessibility.getFullAXTree", Map.of());
    int named = 0;
    for (Json node : tree.get("nodes").list()) {
      String role = node.find("role").map(r -> String.valueOf(r.get("value").value())).orElse("");
      if (INPUTS.contains(role)
          && node.find("ignored").map(Json::flag).filter(ignored -> ignored).isEmpty()) {
        String name = node.find("name").flatMap(n -> n.find("value")).map(Json::text).orElse("");
        assertFalse(name.isBlank(), () -> node.value().toString());
        named++;
      }
    }
    assertTrue(named >= 9, named + " controls");
  }

  @Test
  void saysWhereTrainingRowsLieAndWhatIsBeyond() throws Exception {
    assertEquals("Training rows: 0 to 10", text("#note-0"));
    assertEquals("Training rows: 0 to 10; may be left out", text("#note-1"));
    type("field-0", "11.5");
    assertEquals("Beyond the training rows: 0 to 10", text("#note-0"));
    browser.evaluate("document.querySelector('button[type=reset]').click()");
    browser.await("document.getElementById('note-0').textContent.startsWith('Training')");
  }

  @Test
  void doesNotSendWhatLacksAValue() throws Exception {
    type("field-0", "");
    browser.evaluate("document.getElementById('predict').click()");
    assertEquals(true, browser.evaluate("document.getElementById('field-0').matches(':invalid')"));
    assertEquals(0, predictions());
  }

  @Test
  void leavesOutWhatMayBeLeftOut() throws Exception {
    type("field-1", "");
    browser.evaluate("document.getElementById('predict').click()");
    browser.await("document.querySelector('.prediction')");
    assertFalse(text("#curl").contains("weight"));
  }

  @Test
  void showsTheDriftOfEachFieldFromAHundredRowsOn() throws Exception {
    browser.await("document.getElementById('seen').textContent.startsWith('0 rows since')");
    predict("[" + String.join(",", Collections.nCopies(150, GOOD)) + "]");
    browser.evaluate("document.getElementById('refresh').click()");
    browser.await("document.querySelectorAll('#drifts tbody tr').length === 5");
    assertTrue(text("#drifts").contains("price (predicted)"), text("#drifts"));
    assertEquals("large", text("#drifts tbody tr:first-child td:nth-child(3)"));
    assertNothingIsAmiss();
  }

  @Test
  void tellsThatTheServiceIsGone() throws Exception {
    server.close();
    browser.evaluate("document.getElementById('predict').click()");
    browser.await("document.querySelector('#result .fault')");
    assertTrue(text("#result").contains("did not answer"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void canBeReadInEitherThemeAndOnAPhone(String theme) throws Exception {
    browser.theme(theme);
    predict("[" + String.join(",", Collections.nCopies(150, GOOD)) + "]");
    browser.evaluate("document.getElementById('predict').click()");
    browser.await(
        "document.querySelector('.prediction') && !document.getElementById('drifts').hidden");
    for (String element :
        List.of(
            "h1",
            "#about",
            "label",
            "input",
            ".note",
            "#predict",
            "#refresh",
            ".prediction",
            "td.number",
            "td.large",
            "a")) {
      double contrast =
          ((Number) browser.evaluate("(" + CONTRAST + ")('" + element + "')")).doubleValue();
      assertTrue(contrast >= 4.5, element + " has a contrast of " + contrast);
    }
    browser.size(1100, 1200);
    browser.screenshot(SHOTS.resolve(theme + ".png"));
    browser.size(360, 740);
    browser.screenshot(SHOTS.resolve(theme + "-phone.png"));
    assertEquals(360, browser.evaluate("document.documentElement.scrollWidth"));
    assertTrue(
        ((Number) browser.evaluate("document.getElementById('predict').offsetHeight")).intValue()
            >= 44);
  }

  /** WCAG 2.1's contrast ratio of an element's text against the ground behind it. */
  private static final String CONTRAST =
      """
      (selector) => {
        const channels = (color) => color.match(/[0-9.]+/g).map(Number);
        const luminance = (color) => {
          const [r, g, b] = channels(color).slice(0, 3).map((value) => {
            const c = value / 255;
            return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = (node) => {
          const color = getComputedStyle(node).backgroundColor;
          return (channels(color)[3] ?? 1) > 0 || !node.parentElement ? color : ground(node.parentElement);
        };
        const node = document.querySelector(selector);
        const [a, b] = [luminance(getComputedStyle(node).color), luminance(ground(node))];
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      }
      """;

  private void type(String id, String value) throws InterruptedException {
    browser.evaluate(
        "{ const field = document.getElementById('%s'); field.value = '%s'; field.dispatchEvent(new Event('input', {bubbles: true})); }"
            .formatted(id, value));
  }

  private String text(String selector) throws InterruptedException {
    return browser.text("document.querySelector('" + selector + "').textContent");
  }

  private String sample() throws InterruptedException {
    String command = text("#curl");
    return command.substring(command.indexOf("-d '") + 4, command.length() - 1);
  }

  private Json predict(String body) throws Exception {
    try (RawClient client = server.client()) {
      RawClient.Answer answer = client.send(post(body)).answer();
      assertEquals(200, answer.status(), answer.body());
      return Json.parse(answer.body().getBytes(UTF_8), "answer");
    }
  }

  private long predictions() throws Exception {
    return browser.events("Network.requestWillBeSent").stream()
        .filter(event -> event.get("request").get("url").text().endsWith("/predict"))
        .count();
  }

  private void assertNothingIsAmiss() {
    assertEquals(List.of(), browser.events("Runtime.exceptionThrown"));
    assertEquals(List.of(), browser.events("Log.entryAdded"));
    for (Json event : browser.events("Network.requestWillBeSent")) {
      String address = event.get("request").get("url").text();
      assertTrue(
          address.startsWith("http://127.0.0.1:" + server.port() + "/")
              || address.startsWith("data:"),
          address);
    }
  }
}
