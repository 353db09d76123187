package dev.mlops.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.mlops.platform.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that a runner fetches the tool with, run for real against a server on loopback. */
class WrapperTest {
  @TempDir private Path folder;
  private HttpServer releases;
  private Path home;
  private Path published;
  private final AtomicBoolean interrupted = new AtomicBoolean();

  @BeforeEach
  void release() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh");
    home = folder.resolve("home");
    write("bin/mlops", "#!/bin/sh\necho \"run with $*\"\n");
    write("lib/a.jar", "jar");
    write("service/" + "n".repeat(120) + ".jar", "a long name");
    published = folder.resolve("published");
    new ReleaseArchive(home, "0.0.0").write(published);
    releases = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    releases.createContext(
        "/v0.0.0/",
        exchange -> {
          Path file = published.resolve(Path.of(exchange.getRequestURI().getPath()).getFileName());
          byte[] bytes = Files.readAllBytes(file);
          int sent = interrupted.getAndSet(false) ? bytes.length / 2 : bytes.length;
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes, 0, sent);
          exchange.close();
        });
    releases.start();
  }

  @AfterEach
  void stop() {
    releases.stop(0);
  }

  @Test
  void itFetchesThePinnedToolOnceAndRunsIt() throws Exception {
    Path wrapper = wrapper(new ToolPin(home).wrapper());

    assertEquals("run with train --set a=b c\n", run(wrapper, "train", "--set", "a=b c"));
    releases.stop(0);
    assertEquals("run with status\n", run(wrapper, "status"));
    assertEquals(List.of(), leftovers(), "nothing half-fetched stays");
  }

  @Test
  void anArchiveOfAnotherContentIsNeverUnpacked() throws Exception {
    Path wrapper = wrapper(new ToolPin(home).wrapper());
    write("bin/mlops", "#!/bin/sh\necho evil\n");
    new ReleaseArchive(home, "0.0.0").write(published);
    String said = run(wrapper, "status");

    assertTrue(said.contains("has the checksum"), said);
    assertTrue(said.endsWith("exit status 1"), said);
    assertFalse(said.contains("evil"), said);
    assertEquals(List.of(), leftovers());
  }

  @Test
  void aReleaseThatIsNotThereIsAClearError() throws Exception {
    Path wrapper = wrapper(new ToolPin(home).wrapper());
    releases.stop(0);
    String said = run(wrapper, "status");

    assertTrue(said.contains("error: can't fetch http://127.0.0.1"), said);
    assertTrue(said.endsWith("exit status 1"), said);
  }

  @Test
  void aDownloadThatIsCutOffLeavesNothingBehindAndTheNextOneWorks() throws Exception {
    Path wrapper = wrapper(new ToolPin(home).wrapper());
    interrupted.set(true);
    String said = run(wrapper, "status");

    assertTrue(said.contains("error: can't fetch"), said);
    assertTrue(said.endsWith("exit status 1"), said);
    assertEquals(List.of(), leftovers());
    assertEquals("run with status\n", run(wrapper, "status"));
  }

  @Test
  void twoRunsAtOnceBothGetTheWholeTool() throws Exception {
    Path wrapper = wrapper(new ToolPin(home).wrapper());
    Process one = start(wrapper, "one");
    Process two = start(wrapper, "two");

    assertEquals("run with one\n", said(one));
    assertEquals("run with two\n", said(two));
    assertEquals(List.of(), leftovers());
  }

  @Test
  void aToolThatNobodyReleasedAsksWhereItIs() throws Exception {
    Path wrapper = wrapper(new ToolPin(home).wrapper());
    var builder = new ProcessBuilder(wrapper.toString()).redirectErrorStream(true);
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().remove("MLOPS_RELEASES");
    String said = said(builder.start());

    assertTrue(said.contains("set MLOPS_RELEASES"), said);
    assertTrue(said.endsWith("exit status 1"), said);
  }

  @Test
  void aReleasedToolKnowsWhereItIs() throws Exception {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Mlops-Releases", "https://example.com/releases");
    try (var jar = Files.newOutputStream(home.resolve("lib/mlops-cli.jar"))) {
      new JarOutputStream(jar, manifest).close();
    }
    String text = new ToolPin(home).wrapper();

    assertTrue(text.contains("releases=${MLOPS_RELEASES:-https://example.com/releases}"), text);
  }

  @Test
  void withoutAChecksumNothingIsFetched() throws Exception {
    Path wrapper = wrapper(new ToolPin(folder.resolve("classes-only")).wrapper());
    String said = run(wrapper, "status");

    assertTrue(said.contains("names no checksum"), said);
  }

  @Test
  void theSameFilesGiveTheSameArchiveWhenAndWhereverTheyWereMade() throws IOException {
    String before = new ReleaseArchive(home, "1.0").checksum();
    for (Path file : List.of(home.resolve("bin/mlops"), home.resolve("lib/a.jar"))) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    }
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(home, elsewhere);

    assertEquals(before, new ReleaseArchive(elsewhere, "1.0").checksum());
    assertNotEquals(before, new ReleaseArchive(elsewhere, "1.1").checksum());
  }

  @Test
  void theSumsAreOfThePublishedFiles() throws IOException {
    for (String line : Files.readAllLines(published.resolve("SHA256SUMS"))) {
      String[] parts = line.split("  ", -1);
      assertEquals(Digest.ofFile(published.resolve(parts[1])).hex(), parts[0]);
    }
  }

  private Path wrapper(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("mlopsw"), text);
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  private String run(Path wrapper, String... args) throws Exception {
    return said(start(wrapper, args));
  }

  private Process start(Path wrapper, String... args) throws IOException {
    var builder = new ProcessBuilder(wrapper.toString()).redirectErrorStream(true);
    builder.command().addAll(List.of(args));
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder
        .environment()
        .put("MLOPS_RELEASES", "http://127.0.0.1:" + releases.getAddress().getPort());
    return builder.start();
  }

  private static String said(Process process) throws Exception {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    return status == 0 ? said : said + "exit status " + status;
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache/mlops/tool"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("fetch")).toList();
    }
  }

  private void write(String file, String text) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
