package dev.mlops.image;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.image.BuiltImage.Layer;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Builds real images of a small real service, with a real runtime, and runs them. */
@EnabledOnOs(OS.LINUX)
final class ImageBuilderTest {
  private static final Path JDK = Path.of(System.getProperty("java.home"));

  @TempDir static Path shared;
  private static Path cache;
  private static Path service;

  @TempDir Path temp;
  private Path layout;
  private Path model;
  private final List<String> story = new ArrayList<>();

  @BeforeAll
  static void makeService() throws IOException {
    cache = shared.resolve("cache");
    service = StandInService.write(shared.resolve("service"));
  }

  @BeforeEach
  void makeModel() throws IOException {
    layout = temp.resolve("image");
    model = Files.createDirectory(temp.resolve("model"));
    Files.writeString(model.resolve("model.pb"), "first");
  }

  @Test
  void layersGoFromWhatChangesLeastToWhatChangesMost() throws Exception {
    BuiltImage image = build(spec());
    assertEquals(
        List.of("base", "runtime", "libraries", "service", "aot", "model"),
        image.layers().stream().map(Layer::name).toList());
    assertEquals(image.layers().stream().mapToLong(Layer::sizeBytes).sum(), image.sizeBytes());
    assertEquals("this machine's own C library, as image.base asks", image.base());
    assertTrue(image.startTime().orElseThrow().isPositive());
    assertTrue(image.sizeBytes() < 80_000_000, "compressed: " + image.sizeBytes());
  }

  @Test
  void equalInputsGiveAnEqualDigestWhenAllIsPutTogetherAgain() throws Exception {
    BuiltImage first = build(spec());
    forgetLayers();
    Path elsewhere = temp.resolve("elsewhere");
    BuiltImage second = builder().build(spec(), elsewhere, story::add);
    assertEquals(first, second);
    assertEquals(bill(layout), bill(elsewhere));
  }

  @Test
  void aModelThatIsNotServedHereIsBuiltWithoutAFigure() throws Exception {
    Files.move(model.resolve("model.pb"), model.resolve("other.pb"));
    BuiltImage image = build(spec());
    assertEquals(Optional.empty(), image.startTime());
    assertTrue(story.stream().anyMatch(line -> line.contains("did not get ready")), "" + story);
  }

  @Test
  void aNewModelMovesOnlyTheLastLayer() throws Exception {
    BuiltImage first = build(spec());
    FileTime time = Files.getLastModifiedTime(model.resolve("model.pb"));
    Files.writeString(model.resolve("model.pb"), "other");
    Files.setLastModifiedTime(model.resolve("model.pb"), time);
    BuiltImage second = build(spec());
    assertEquals(
        first.layers().subList(0, 5), second.layers().subList(0, 5), "all but the model's");
    assertNotEquals(first.layers().getLast().digest(), second.layers().getLast().digest());
    assertNotEquals(first.digest(), second.digest());
  }

  @Test
  void knowsAnImageOfTheSameInputsAgain() throws Exception {
    assertEquals(Optional.empty(), builder().find(spec(), layout));
    BuiltImage image = build(spec());
    assertEquals(Optional.of(image), builder().find(spec(), layout));
    assertEquals(Optional.of(image), builder().find(with("auto", Map.of()), layout));
    assertEquals(Optional.empty(), builder().find(with("host", Map.of("a", "b")), layout));
    assertEquals(Optional.empty(), builder().find(with("example.com/base:1", Map.of()), layout));
    Files.writeString(model.resolve("model.pb"), "other");
    assertEquals(Optional.empty(), builder().find(spec(), layout));
    Files.writeString(model.resolve("model.pb"), "first");
    Files.delete(new Blobs(layout).path(image.layers().getFirst().digest()));
    assertEquals(Optional.empty(), builder().find(spec(), layout), "a layer is gone");
  }

  @Test
  void runsFromItsUnpackedLayersAsAPlainProcess() throws Exception {
    build(spec());
    OciLayout read = OciLayout.open(layout);
    ImageConfig config = read.config();
    Path rootfs = temp.resolve("rootfs");
    read.unpack(rootfs);
    assertEquals("65532:65532", config.user());
    assertEquals("/app", config.workingDir());
    assertEquals(
        List.of(), config.entrypoint().stream().skip(1).filter(a -> a.startsWith("/")).toList());
    List<String> command = new ArrayList<>(config.entrypoint());
    command.set(0, rootfs + config.entrypoint().getFirst());
    // The AOT cache has to be usable here, at another path than where it was trained.
    command.add(1, "-XX:AOTMode=on");
    assertEquals("first from the library", ask(command, rootfs.resolve("app"), config.env()));
  }

  @Test
  void keepsOneTimeAndOneSetOfModes() throws Exception {
    build(spec());
    Path rootfs = temp.resolve("rootfs");
    OciLayout.open(layout).unpack(rootfs);
    for (Path file : FileTree.files(rootfs)) {
      Instant time = Files.getLastModifiedTime(file).toInstant();
      assertEquals(FileTree.TIME, time, file.toString());
    }
    assertTrue(Files.isExecutable(rootfs.resolve("opt/java/bin/java")));
    assertFalse(Files.isExecutable(rootfs.resolve("app/model-service.jar")));
  }

  @Test
  void labelsAndEnvironmentComeUponOurOwn() throws Exception {
    ImageSpec spec =
        new ImageSpec(
            "iris",
            "host",
            service,
            Optional.of(model),
            Map.of("PORT", "9000", "A", "1"),
            Map.of("org.opencontainers.image.version", "7"));
    build(spec);
    OciLayout read = OciLayout.open(layout);
    assertEquals("9000", read.config().env().get("PORT"));
    assertEquals("model", read.config().env().get("MODEL_DIR"));
    assertEquals("7", read.labels().get("org.opencontainers.image.version"));
    assertEquals("iris", read.labels().get("org.opencontainers.image.title"));
  }

  @Test
  void billNamesJarsRuntimeAndLibraries() throws Exception {
    build(spec());
    JsonNode bill = bill(layout);
    assertEquals("1.6", bill.path("specVersion").asText());
    List<String> names = bill.path("components").findValuesAsText("name");
    assertTrue(names.contains("model-service.jar"), names.toString());
    assertTrue(names.contains("library-1.2.jar"), names.toString());
    assertTrue(names.contains("OpenJDK"), names.toString());
    assertTrue(names.stream().anyMatch(name -> name.endsWith("libc.so.6")), names.toString());
  }

  @Test
  void takesThisMachinesLibrariesWhereTheDefaultBaseCannotBeHad() throws Exception {
    String nowhere = "127.0.0.1:1/base@sha256:" + "0".repeat(64);
    BaseChoice offline =
        new BaseChoice(Machine.here(), new RegistryAnswers(new BuildCache(cache)), nowhere);
    ImageSpec auto = with("auto", Map.of());
    BuiltImage image = new ImageBuilder(cache, JDK, offline).build(auto, layout, story::add);
    assertTrue(image.base().startsWith("this machine's own C library, because"), image.base());
  }

  @Test
  void saysWhatCannotBeRead() throws Exception {
    FileTree.delete(model);
    assertProblem(Code.IMAGE_INPUT, () -> build(spec()));
    Path empty = Files.createDirectory(temp.resolve("empty"));
    ImageSpec noService =
        new ImageSpec("iris", "host", empty, Optional.empty(), Map.of(), Map.of());
    assertProblem(Code.INSTALLATION, () -> build(noService));
    assertFalse(Files.exists(layout));
  }

  @Test
  void saysThatAJreHasNoJlink() throws Exception {
    Path jre = Files.createDirectories(temp.resolve("jre/lib")).getParent();
    Files.writeString(jre.resolve("release"), "JAVA_VERSION=\"25\"");
    Files.writeString(jre.resolve("lib/modules"), "");
    ImageBuilder builder = new ImageBuilder(temp.resolve("other-cache"), jre);
    assertProblem(Code.IMAGE_RUNTIME, () -> builder.build(spec(), layout, story::add));
  }

  @Test
  void aFailedBuildLeavesTheFormerImageWhole() throws Exception {
    BuiltImage image = build(spec());
    ImageSpec unreachable = with("127.0.0.1:1/base:1", Map.of());
    assertProblem(Code.REGISTRY_UNREACHABLE, () -> build(unreachable));
    assertEquals(image, OciLayout.open(layout).image());
    OciLayout.open(layout).unpack(temp.resolve("rootfs"));
  }

  private static ImageBuilder builder() {
    return new ImageBuilder(cache, JDK);
  }

  private BuiltImage build(ImageSpec spec) throws InterruptedException {
    return builder().build(spec, layout, story::add);
  }

  private ImageSpec spec() {
    return with("host", Map.of());
  }

  private ImageSpec with(String base, Map<String, String> environment) {
    return new ImageSpec("iris", base, service, Optional.of(model), environment, Map.of());
  }

  private static void forgetLayers() throws IOException {
    FileTree.delete(cache.resolve("layers"));
    FileTree.delete(cache.resolve("runtime"));
    FileTree.delete(cache.resolve("service"));
  }

  private static JsonNode bill(Path layout) throws IOException {
    return Blobs.JSON.readTree(Files.readAllBytes(LayoutWriter.billOf(layout)));
  }

  private static void assertProblem(Code code, org.junit.jupiter.api.function.Executable action) {
    assertEquals(code, assertThrows(MlopsException.class, action).problem().code());
  }

  private String ask(List<String> command, Path folder, Map<String, String> environment)
      throws Exception {
    int port = freePort();
    Map<String, String> all = new HashMap<>(environment);
    all.put("PORT", Integer.toString(port));
    all.put("HOST", "127.0.0.1");
    Path output = temp.resolve("output");
    Process process = ChildProcess.start(command, folder, all, output);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (process.isAlive() && System.nanoTime() < end) {
        try {
          return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
          Thread.sleep(10);
        }
      }
      throw new AssertionError("no answer: " + ChildProcess.tail(output));
    } finally {
      process.destroyForcibly().waitFor(10, SECONDS);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
