package dev.mlops.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.training.Installation;
import dev.mlops.training.ServiceProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The service that ships, in an image. */
@EnabledOnOs(OS.LINUX)
final class ImageBuildIT {
  private static final Path JDK = Path.of(System.getProperty("java.home"));

  @TempDir static Path temp;
  private static Path service;
  private static Path layout;
  private static BuiltImage image;
  private static final List<String> STORY = new ArrayList<>();

  @BeforeAll
  static void build() throws Exception {
    Installation installation = Installation.locate();
    service = installation.service();
    layout = temp.resolve("layout");
    ImageSpec spec =
        new ImageSpec(
            "sample", "host", service, Optional.of(train(installation)), Map.of(), Map.of());
    image = new ImageBuilder(temp.resolve("cache"), JDK).build(spec, layout, STORY::add);
  }

  @Test
  void hasAnAotCacheAndIsSmall() {
    assertTrue(image.startTime().isPresent(), "no AOT cache: " + STORY);
    assertTrue(image.sizeBytes() < 80_000_000, "compressed: " + image.sizeBytes());
  }

  @Test
  void predictsFromItsUnpackedLayers() throws Exception {
    Path rootfs = temp.resolve("rootfs");
    OciLayout read = OciLayout.open(layout);
    read.unpack(rootfs);
    ImageConfig config = read.config();
    List<String> command = new ArrayList<>(config.entrypoint());
    command.set(0, rootfs + command.getFirst());
    Path classes = temp.resolve("classes");
    command.addAll(1, List.of("-XX:AOTMode=on", "-Xlog:class+load:file=" + classes));
    Map<String, String> environment = new HashMap<>(config.env());
    int port = freePort();
    environment.putAll(Map.of("PORT", Integer.toString(port), "HOST", "127.0.0.1"));
    Path output = temp.resolve("output");
    Path folder = rootfs.resolve(config.workingDir().substring(1));
    Process process = ChildProcess.start(command, folder, environment, output);
    try {
      URI root = URI.create("http://127.0.0.1:" + port);
      assertEquals(200, whenReady(root.resolve("/ready_check"), process, output));
      String answer = predict(root);
      assertTrue(answer.contains("\"prediction\""), answer);
      List<String> loaded =
          Files.readAllLines(classes).stream()
              .filter(line -> line.contains(" dev.mlops.service."))
              .toList();
      long fromCache = loaded.stream().filter(line -> line.contains("shared objects file")).count();
      assertTrue(fromCache > loaded.size() * 0.9, fromCache + " of " + loaded.size());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void theRuntimeHasTheModulesThatTheJarsName() throws IOException {
    Set<String> named = new TreeSet<>();
    for (Path jar : FileTree.files(service)) {
      StringWriter out = new StringWriter();
      ToolProvider.findFirst("jdeps")
          .orElseThrow()
          .run(
              new PrintWriter(out),
              new PrintWriter(StringWriter.nullWriter()),
              "--multi-release",
              "25",
              "--ignore-missing-deps",
              "-s",
              jar.toString());
      Matcher module = Pattern.compile("-> ((?:java|jdk)\\.[a-z.]+)").matcher(out.toString());
      while (module.find()) {
        named.add(module.group(1));
      }
    }
    assertTrue(named.contains("java.base"), "jdeps said nothing");
    named.remove("java.desktop");
    named.removeAll(JavaRuntime.MODULES);
    assertEquals(Set.of(), named);
  }

  /** Set it to a registry that speaks plain http on this machine, such as 127.0.0.1:5000. */
  @Test
  @EnabledIfEnvironmentVariable(named = "MLOPS_TEST_REGISTRY", matches = ".+")
  void goesToARealRegistryAndBack() throws Exception {
    String reference = System.getenv("MLOPS_TEST_REGISTRY") + "/mlops-it/sample:it";
    ImagePusher registry = new ImagePusher(reference, false);
    registry.publish(layout, image.digest(), STORY::add);
    assertTrue(registry.has(image.digest()));
    OciLayout back = new ImagePuller(false).pull(reference, temp.resolve("pulled"), STORY::add);
    assertEquals(image.digest(), back.digest());
    assertEquals(image, back.image());
  }

  private static Path train(Installation installation) throws Exception {
    Path data = temp.resolve("sample.csv");
    try (var in = StartCache.class.getResourceAsStream("sample.csv")) {
      Files.copy(in, data, StandardCopyOption.REPLACE_EXISTING);
    }
    Path request = Files.writeString(temp.resolve("request.json"), StartCache.request(data));
    Path model = temp.resolve("model");
    new ServiceProcess(installation)
        .run(
            List.of("train", "--request", request.toString(), "--out", model.toString()),
            STORY::add);
    return model;
  }

  private static int whenReady(URI uri, Process process, Path output) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      while (process.isAlive() && System.nanoTime() < end) {
        try {
          int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
          if (status == 200) {
            return status;
          }
        } catch (IOException e) {
          // Nothing listens yet.
        }
        Thread.sleep(10);
      }
    }
    throw new AssertionError("not ready: " + ChildProcess.tail(output));
  }

  private static String predict(URI root) throws Exception {
    String row =
        "{\"length\":2.1,\"width\":0.4,\"count\":3,\"colour\":\"red\",\"sold\":true,\"note\":\"a\"}";
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve("/predict"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(row))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
