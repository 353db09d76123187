package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.service.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A headless Chromium with one tab, led by its <a
 * href="https://chromedevtools.github.io/devtools-protocol/">DevTools protocol</a>.
 */
final class Browser implements AutoCloseable {
  private static final String LISTENING = "DevTools listening on ws://";

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket tab;
  private final BlockingQueue<Json> messages = new LinkedBlockingQueue<>();
  private final List<Json> events = new ArrayList<>();
  private int calls;

  private Browser(Path program, Path profile) throws Exception {
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String address = address();
    HttpRequest list =
        HttpRequest.newBuilder(URI.create("http://" + address + "/json/list")).build();
    String tabs = http.send(list, HttpResponse.BodyHandlers.ofString()).body();
    URI first =
        Json.parse(tabs.getBytes(UTF_8), "tabs").list().stream()
            .filter(one -> one.get("type").text().equals("page"))
            .map(one -> URI.create(one.get("webSocketDebuggerUrl").text()))
            .findFirst()
            .orElseThrow();
    tab = http.newWebSocketBuilder().buildAsync(first, new Listener()).join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** Empty where there is none on the path. */
  static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder ->
            Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Browser start(Path program, Path profile) throws Exception {
    return new Browser(program, profile);
  }

  /** Calls a method and waits for its result; what happened meanwhile is kept as events. */
  Json call(String method, Map<String, Object> parameters) throws InterruptedException {
    int id = ++calls;
    tab.sendText(Json.line(Json.object("id", id, "method", method, "params", parameters)), true)
        .join();
    while (true) {
      Json message = messages.poll(30, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no answer to " + method);
      }
      if (message.find("id").isEmpty()) {
        events.add(message);
      } else if (message.get("id").count() == id) {
        return message
            .find("result")
            .orElseThrow(() -> new AssertionError(method + ": " + message.value()));
      }
    }
  }

  /** Opens a page, and forgets what happened on the one before. */
  void open(String address) throws InterruptedException {
    call("Page.navigate", Map.of("url", "about:blank"));
    messages.clear();
    events.clear();
    call("Page.navigate", Map.of("url", address));
  }

  /** The value of an expression, which may be a promise. */
  Object evaluate(String script) throws InterruptedException {
    Json result =
        call(
            "Runtime.evaluate",
            Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
    if (result.find("exceptionDetails").isPresent()) {
      throw new AssertionError(script + ": " + result.value());
    }
    return result.get("result").find("value").map(Json::value).orElse("");
  }

  String text(String script) throws InterruptedException {
    return String.valueOf(evaluate(script));
  }

  /** Waits until the expression is true. */
  void await(String script) throws InterruptedException {
    for (int i = 0; i < 500; i++) {
      if (Boolean.TRUE.equals(evaluate("Boolean(" + script + ")"))) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("never came true: " + script + "\n" + text("document.body.innerText"));
  }

  void press(String key, int code) throws InterruptedException {
    Map<String, Object> event = Json.object("key", key, "code", key, "windowsVirtualKeyCode", code);
    event.put("type", "keyDown");
    if (key.equals("Enter")) {
      event.put("text", "\r");
    }
    call("Input.dispatchKeyEvent", event);
    event.put("type", "keyUp");
    call("Input.dispatchKeyEvent", event);
  }

  void size(int width, int height) throws InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  void theme(String name) throws InterruptedException {
    List<Map<String, String>> features =
        List.of(Map.of("name", "prefers-color-scheme", "value", name));
    call("Emulation.setEmulatedMedia", Map.of("features", features));
  }

  void screenshot(Path file) throws IOException, InterruptedException {
    Json shot = call("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(shot.get("data").text()));
  }

  /** What has happened, by the event's name. */
  List<Json> events(String method) {
    for (Json message = messages.poll(); message != null; message = messages.poll()) {
      events.add(message);
    }
    return events.stream()
        .filter(event -> event.get("method").text().equals(method))
        .map(event -> event.get("params"))
        .toList();
  }

  @Override
  public void close() {
    tab.abort();
    http.close();
    // Its processes write to the profile until they are gone.
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroy);
    for (ProcessHandle one : all) {
      if (one.onExit().completeOnTimeout(null, 10, TimeUnit.SECONDS).join() == null) {
        one.destroyForcibly();
        one.onExit().join();
      }
    }
  }

  private String address() throws IOException {
    BufferedReader errors = process.errorReader(UTF_8);
    for (String line = errors.readLine(); line != null; line = errors.readLine()) {
      if (line.startsWith(LISTENING)) {
        Thread.ofVirtual().start(() -> errors.lines().forEach(_ -> {}));
        String rest = line.substring(LISTENING.length());
        return rest.substring(0, rest.indexOf('/'));
      }
    }
    throw new AssertionError("Chromium did not start");
  }

  /** Puts the messages together that come in pieces. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(Json.parse(text.toString().getBytes(UTF_8), "message"));
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
