package dev.mlops.image;

import dev.mlops.platform.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The layer that stands in for a base image: libraries, a user, names and certificates. */
final class HostBase {
  /** The user that every image of ours runs as: as distroless images number theirs. */
  static final String USER = "65532:65532";

  private static final Map<String, String> FILES =
      Map.of(
          "etc/passwd",
          """
          root:x:0:0:root:/root:/sbin/nologin
          nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin
          """,
          "etc/group",
          """
          root:x:0:
          nonroot:x:65532:
          """,
          "etc/nsswitch.conf",
          """
          hosts: files dns
          """);

  private static final List<String> CERTIFICATES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem",
          "/etc/ssl/cert.pem");

  private HostBase() {}

  static ImageLayer layer(Base.Host base, BuildCache cache)
      throws IOException, InterruptedException {
    Path skeleton =
        cache.get("skeleton", Digest.of(new TreeMap<>(FILES).toString()).hex(), HostBase::write);
    List<ImageLayer.Entry> entries = new ArrayList<>();
    base.libraries().forEach((path, file) -> entries.add(ImageLayer.program(file, path)));
    entries.addAll(ImageLayer.tree(skeleton.resolve("etc"), "/etc"));
    entries.add(new ImageLayer.Entry(skeleton.resolve("tmp"), "/tmp", 0777));
    CERTIFICATES.stream()
        .map(Path::of)
        .filter(Files::isReadable)
        .findFirst()
        .ifPresent(file -> entries.add(ImageLayer.file(file, CERTIFICATES.getFirst())));
    return new ImageLayer(ImageLabels.BASE_LAYER, entries);
  }

  private static void write(Path folder) throws IOException {
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Files.createDirectory(folder.resolve("tmp"));
    FileTree.stamp(folder);
  }
}
