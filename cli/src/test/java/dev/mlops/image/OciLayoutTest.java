package dev.mlops.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OciLayoutTest {
  private static final String RUN =
      """
      {"Entrypoint":["/bin/app","-x"],"Cmd":["go"],"Env":["A=1","B=x=y"],
       "WorkingDir":"/app","User":"65532:65532","Labels":{"k":"v"}}\
      """;

  @TempDir Path temp;
  private Path layout;
  private Path rootfs;
  private TestImage image;

  @BeforeEach
  void start() throws IOException {
    layout = Files.createDirectory(temp.resolve("layout"));
    rootfs = temp.resolve("out/rootfs");
    image = new TestImage(layout);
  }

  @Test
  void readsHowTheImageWantsToBeRun() throws IOException {
    OciLayout read = OciLayout.open(image.write("arm64", RUN));
    assertEquals(
        new ImageConfig(
            List.of("/bin/app", "-x"),
            List.of("go"),
            Map.of("A", "1", "B", "x=y"),
            "/app",
            "65532:65532",
            "linux",
            "arm64"),
        read.config());
    assertEquals(Map.of("k", "v"), read.labels());
  }

  @Test
  void laterLayersReplaceAndTakeAway() throws IOException {
    image.file("app/kept", 0644, "old").file("app/gone", 0644, "x").file("dir/a", 0644, "a");
    image.file("opaque/below", 0644, "x").file("becomes-folder", 0644, "x").layer();
    image.file("app/kept", 0600, "new").file("app/.wh.gone", 0644, "");
    image.file("dir/.wh.a", 0644, "").file("opaque/.wh..wh..opq", 0644, "");
    image.file("opaque/above", 0644, "x").file("becomes-folder/f", 0644, "x");
    unpack();
    assertEquals("new", Files.readString(rootfs.resolve("app/kept")));
    assertFalse(Files.exists(rootfs.resolve("app/gone")));
    assertEquals(List.of("above"), names(rootfs.resolve("opaque")));
    assertEquals(List.of(), names(rootfs.resolve("dir")));
    assertEquals(List.of("f"), names(rootfs.resolve("becomes-folder")));
  }

  @Test
  void keepsModesAndTimes() throws IOException {
    image.folder("closed", 0555).file("closed/run", 04755, "x").file("closed/read", 0440, "x");
    unpack();
    assertEquals("r-xr-xr-x", mode("closed"));
    assertEquals("rwxr-xr-x", mode("closed/run"), "set-user-id is left out");
    assertEquals("r--r-----", mode("closed/read"));
    for (String name : List.of("closed", "closed/run", "closed/read")) {
      assertEquals(
          TestImage.TIME, Files.getLastModifiedTime(rootfs.resolve(name)).toInstant(), name);
    }
    FileTree.delete(rootfs);
    assertFalse(Files.exists(rootfs));
  }

  @Test
  void unpacksAgainOverAFormerOne() throws IOException {
    image.folder("closed", 0555).file("closed/a", 0444, "x");
    unpack();
    OciLayout.open(layout).unpack(rootfs);
    assertEquals(List.of("a"), names(rootfs.resolve("closed")));
    assertEquals(List.of("rootfs"), names(rootfs.getParent()), "nothing else is left there");
  }

  @Test
  void linksStayInsideAsInAContainer() throws IOException {
    Path outside = Files.writeString(temp.resolve("outside"), "secret");
    image.file("etc/real", 0644, "inside").link("absolute", "/etc/real");
    image.link("deep/down/up", "../../../../../../../etc/real").link("self", "/");
    image.link("secret", outside.toString());
    unpack();
    assertEquals("inside", Files.readString(rootfs.resolve("absolute")));
    assertEquals("inside", Files.readString(rootfs.resolve("deep/down/up")));
    assertEquals("inside", Files.readString(rootfs.resolve("self/etc/real")));
    assertFalse(Files.exists(rootfs.resolve("secret")), "it points to what the image has not");
    assertTrue(Files.exists(rootfs.resolve("secret"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void entriesGoThroughLinksButNeverOut() throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    image.folder("usr/lib", 0755).link("lib", "usr/lib").link("evil", outside.toString()).layer();
    image.file("lib/libc.so", 0644, "c").file("evil/x", 0644, "x");
    unpackOrFail();
    assertEquals(List.of(), names(outside));
  }

  @Test
  void hardLinksShareContent() throws IOException {
    image.file("a", 0644, "x").layer().hardLink("sub/b", "a");
    unpack();
    assertEquals("x", Files.readString(rootfs.resolve("sub/b")));
  }

  @Test
  void refusesNamesAndHardLinksThatLeadOut() throws IOException {
    Files.writeString(temp.resolve("target"), "x");
    refuses(fresh("a").file("../../target", 0644, "y"));
    refuses(fresh("b").file("x/../../../target", 0644, "y"));
    refuses(fresh("c").hardLink("x", "../../../target"));
    refuses(fresh("d").link("here", temp.toString()).hardLink("x", "here/target"));
    refuses(fresh("e").file(".wh.", 0644, ""));
    refuses(fresh("f").file(".wh...", 0644, ""));
    assertEquals("x", Files.readString(temp.resolve("target")));
  }

  @Test
  void refusesWhatItsDigestDoesNotSay() throws IOException {
    image.file("a", 0644, "x").layer().write("amd64", RUN);
    OciLayout read = OciLayout.open(layout);
    Path blob = new Blobs(layout).path(read.image().layers().getFirst().digest());
    byte[] bytes = Files.readAllBytes(blob);
    bytes[bytes.length - 6] ^= 1;
    Files.write(blob, bytes);
    assertDamaged(() -> read.unpack(rootfs));
    Files.delete(blob);
    assertDamaged(() -> read.unpack(rootfs));
    assertFalse(Files.exists(rootfs));
    assertEquals(List.of(), names(rootfs.getParent()));
  }

  @Test
  void refusesAFolderThatIsNoLayout() throws IOException {
    assertDamaged(() -> OciLayout.open(layout));
    image.write("amd64", RUN);
    Files.writeString(layout.resolve("index.json"), "{\"manifests\":[]}");
    assertDamaged(() -> OciLayout.open(layout));
    Files.writeString(
        layout.resolve("index.json"), "{\"manifests\":[{\"digest\":\"sha256:../x\"}]}");
    assertDamaged(() -> OciLayout.open(layout));
  }

  private TestImage fresh(String name) throws IOException {
    layout = Files.createDirectory(temp.resolve(name));
    return new TestImage(layout);
  }

  private void refuses(TestImage broken) throws IOException {
    broken.layer().write("amd64", RUN);
    OciLayout read = OciLayout.open(layout);
    assertDamaged(() -> read.unpack(rootfs));
    assertFalse(Files.exists(rootfs));
  }

  private void unpack() throws IOException {
    image.layer().write("amd64", RUN);
    OciLayout.open(layout).unpack(rootfs);
  }

  private void unpackOrFail() throws IOException {
    try {
      unpack();
    } catch (MlopsException e) {
      assertEquals(Code.IMAGE_DAMAGED, e.problem().code());
    }
  }

  private static void assertDamaged(org.junit.jupiter.api.function.Executable action) {
    assertEquals(Code.IMAGE_DAMAGED, assertThrows(MlopsException.class, action).problem().code());
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(rootfs.resolve(name)));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }
}
