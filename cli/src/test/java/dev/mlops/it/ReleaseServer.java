package dev.mlops.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The built tool, packed by the release workflow's own steps, where {@code mlopsw} fetches it. */
final class ReleaseServer implements AutoCloseable {
  private static final Path WORKFLOW = Path.of("../.github/workflows/release.yml");

  private final HttpServer server;
  private final Path folder;
  private final AtomicInteger served = new AtomicInteger();

  /**
   * @param workspace what the workflow would check out, with nothing in it but what was built
   */
  ReleaseServer(Path workspace) throws Exception {
    Files.createDirectories(workspace.resolve("cli/target"));
    Files.createSymbolicLink(workspace.resolve("cli/target/dist"), Tool.dist().toAbsolutePath());
    step("build", "Archives and checksums", workspace);
    folder = workspace.resolve("release");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v",
        exchange -> {
          String name = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
          served.incrementAndGet();
          try (exchange;
              var archive = Files.newInputStream(folder.resolve(name))) {
            exchange.sendResponseHeaders(200, 0);
            archive.transferTo(exchange.getResponseBody());
          }
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What the workflow would publish. */
  Path folder() {
    return folder;
  }

  /** How often an archive was fetched. */
  int served() {
    return served.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** Runs a step's script as a runner does. */
  static String step(String job, String name, Path workspace) throws Exception {
    JsonNode jobs =
        new ObjectMapper(new YAMLFactory())
            .readTree(Files.readAllBytes(WORKFLOW))
            .path("jobs")
            .path(job);
    for (JsonNode step : jobs.path("steps")) {
      if (step.path("name").asText().equals(name)) {
        return shell(step.path("run").asText(), workspace, Map.of("TAG", tag()));
      }
    }
    throw new AssertionError("no step " + name + " in " + job);
  }

  static String shell(String script, Path folder, Map<String, String> variables)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
                List.of("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("MLOPS_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder
        .environment()
        .merge("PATH", System.getProperty("java.home") + "/bin", (path, java) -> java + ":" + path);
    builder.environment().putAll(variables);
    Process process =
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  /** Of the version that was built. */
  static String tag() throws Exception {
    String said = new Tool(Files.createTempDirectory("mlops-version")).run("--version").out();
    return "v" + said.replaceFirst("(?s)mlops ([^,]+),.*", "$1");
  }
}
