package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.process.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A headless Chromium, steered over its <a
 * href="https://chromedevtools.github.io/devtools-protocol/">DevTools protocol</a>.
 */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  final List<String> complaints = new ArrayList<>();
  private int lastId;

  static Optional<Path> executable() {
    return Stream.of("chromium", "google-chrome", "chromium-browser")
        .flatMap(name -> Programs.find(name).stream())
        .findFirst();
  }

  Browser(Path executable, Path profile, String... flags) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                executable.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                "--window-size=1100,1500",
                "--user-data-dir=" + profile));
    command.addAll(List.of(flags));
    command.add("about:blank");
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(profile.resolveSibling("browser.log").toFile())
            .start();
    socket = client.newWebSocketBuilder().buildAsync(page(profile), new Listener()).get();
    send("Runtime.enable", JSON.createObjectNode());
    send("Page.enable", JSON.createObjectNode());
  }

  /** The address at which the first tab listens. */
  private URI page(Path profile) throws IOException, InterruptedException {
    Path file = profile.resolve("DevToolsActivePort");
    for (int i = 0; i < 600 && (!Files.exists(file) || Files.size(file) == 0); i++) {
      Thread.sleep(100);
    }
    int port = Integer.parseInt(Files.readAllLines(file).getFirst());
    URI list = URI.create("http://127.0.0.1:" + port + "/json");
    for (int i = 0; i < 100; i++) {
      try (var in = list.toURL().openStream()) {
        for (JsonNode tab : JSON.readTree(in)) {
          if (tab.path("type").asText().equals("page")) {
            return URI.create(tab.path("webSocketDebuggerUrl").asText());
          }
        }
      }
      Thread.sleep(100);
    }
    throw new IOException("no tab");
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void take(String message) {
    try {
      JsonNode json = JSON.readTree(message);
      String method = json.path("method").asText();
      if (json.has("id")) {
        answers.add(json);
      } else if (method.equals("Runtime.exceptionThrown")) {
        complaints.add(json.toString());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode send(String method, ObjectNode parameters) throws Exception {
    int id = ++lastId;
    ObjectNode call = JSON.createObjectNode().put("id", id).put("method", method);
    call.set("params", parameters);
    socket.sendText(call.toString(), true).get();
    while (true) {
      JsonNode answer = answers.poll(60, TimeUnit.SECONDS);
      if (answer == null) {
        throw new IOException("no answer to " + method);
      }
      if (answer.path("id").asInt() == id) {
        return answer.path("result");
      }
    }
  }

  void go(URI page) throws Exception {
    send("Page.navigate", JSON.createObjectNode().put("url", page.toString()));
  }

  void dark() throws Exception {
    ObjectNode media = JSON.createObjectNode();
    media.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", "dark");
    send("Emulation.setEmulatedMedia", media);
  }

  /** The value of an expression, as text. */
  String value(String expression) throws Exception {
    return send(
            "Runtime.evaluate",
            JSON.createObjectNode().put("expression", expression).put("awaitPromise", true))
        .at("/result/value")
        .asText();
  }

  /** Waits until an expression is true. */
  void await(String expression) throws Exception {
    for (int i = 0; i < 600; i++) {
      if (value("String(!!(" + expression + "))").equals("true")) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("never true: " + expression + ", " + complaints);
  }

  void screenshot(Path file) throws Exception {
    String data =
        send("Page.captureScreenshot", JSON.createObjectNode().put("captureBeyondViewport", true))
            .path("data")
            .asText();
    Files.write(file, Base64.getDecoder().decode(data));
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
