package dev.mlops.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.Digest;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes and pulls over real sockets. */
final class RegistryTest {
  private final TestRegistry registry = new TestRegistry();
  private final List<String> story = new ArrayList<>();

  @TempDir Path temp;
  private Path layout;
  private String reference;

  @BeforeEach
  void makeImage() throws IOException {
    layout = Files.createDirectory(temp.resolve("layout"));
    new TestImage(layout)
        .file("app/a", 0644, "x")
        .layer()
        .file("app/b", 0644, "y")
        .layer()
        .write(Machine.here().architecture(), "{\"Entrypoint\":[\"/a\"]}");
    reference = registry.host() + "/team/iris:v1";
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void whatIsPushedComesBackByteByByte() throws Exception {
    Digest pushed = push();
    assertEquals(OciLayout.open(layout).digest(), pushed);
    assertEquals(pushed, registry.digest("v1"));
    for (String version : List.of(":v1", "@" + pushed)) {
      Path pulled = temp.resolve("pulled");
      OciLayout back = pull(registry.host() + "/team/iris" + version, pulled);
      assertEquals(pushed, back.digest());
      back.unpack(temp.resolve("rootfs"));
      assertEquals("y", Files.readString(temp.resolve("rootfs/app/b")));
    }
    assertNull(registry.tokenLeakedTo);
  }

  @Test
  void sendsOnlyWhatIsMissing() throws Exception {
    push();
    registry.requests.clear();
    push();
    assertEquals(
        List.of(),
        registry.requests.stream()
            .filter(request -> request.startsWith("POST") || request.contains("uploads"))
            .toList());
  }

  @Test
  void saysWhereToLogInWhenCredentialsAreMissing() {
    registry.account = "user:secret";
    MlopsException refused = assertThrows(MlopsException.class, this::push);
    assertEquals(Code.REGISTRY_UNAUTHORIZED, refused.problem().code());
    assertTrue(refused.problem().next().contains(registry.host()), refused.problem().next());
    assertFalse(refused.problem().toString().contains("secret"));
  }

  @Test
  void saysWhatTheRegistryDoesNotHave() {
    assertProblem(Code.REGISTRY_NOT_FOUND, () -> pull(registry.host() + "/team/other:v1", layout));
    assertProblem(Code.REGISTRY_UNREACHABLE, () -> pull("127.0.0.1:1/team/iris:v1", layout));
    assertProblem(Code.IMAGE_REFERENCE, () -> pull("Not A Reference", layout));
  }

  @Test
  void waitsForABusyRegistry() throws Exception {
    push();
    registry.busy.set(2);
    assertEquals(registry.digest("v1"), pull(reference, temp.resolve("pulled")).digest());
  }

  @Test
  void refusesContentThatIsNotTheDigests() throws Exception {
    Digest pushed = push();
    Digest layer = OciLayout.open(layout).image().layers().getFirst().digest();
    registry.blobs.put(layer.value(), new byte[] {1, 2, 3});
    Path pulled = temp.resolve("pulled");
    assertThrows(MlopsException.class, () -> pull(reference, pulled));
    registry.manifests.put(pushed.value(), "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThrows(
        MlopsException.class, () -> pull(registry.host() + "/team/iris@" + pushed, pulled));
    assertFalse(Files.exists(pulled));
  }

  @Test
  void takesTheImageForThisMachineFromAnIndex() throws Exception {
    Digest ours = push();
    String other = Machine.here().architecture().equals("amd64") ? "arm64" : "amd64";
    String index =
        """
        {"schemaVersion": 2, "manifests": [
          {"digest": "%s", "platform": {"os": "linux", "architecture": "%s"}},
          {"digest": "%s", "platform": {"os": "linux", "architecture": "%s"}}]}
        """
            .formatted("sha256:" + "1".repeat(64), other, ours, Machine.here().architecture());
    registry.manifests.put("multi", index.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Path pulled = temp.resolve("pulled");
    assertEquals(ours, pull(registry.host() + "/team/iris:multi", pulled).digest());
  }

  @Test
  void refusesAnImageForAnotherMachine() throws Exception {
    Path foreign = Files.createDirectory(temp.resolve("foreign"));
    new TestImage(foreign).file("a", 0644, "x").layer().write("s390x", "{}");
    assertProblem(Code.IMAGE_ARCHITECTURE, () -> pull(foreign.toString(), temp.resolve("pulled")));
  }

  @Test
  void pullsFromALayoutOnDiskToo() throws Exception {
    OciLayout copy = pull(layout.toString(), temp.resolve("pulled"));
    assertEquals(OciLayout.open(layout).digest(), copy.digest());
    Path notOne = Files.writeString(temp.resolve("x.tar"), "no archive");
    assertProblem(Code.IMAGE_DAMAGED, () -> pull(notOne.toString(), temp.resolve("other")));
  }

  private Digest push() throws InterruptedException {
    Digest image = OciLayout.open(layout).digest();
    new ImagePusher(reference, false).publish(layout, image, story::add);
    return image;
  }

  private OciLayout pull(String source, Path target) throws InterruptedException {
    return new ImagePuller(false).pull(source, target, story::add);
  }

  private static void assertProblem(Code code, org.junit.jupiter.api.function.Executable action) {
    assertEquals(code, assertThrows(MlopsException.class, action).problem().code());
  }
}
