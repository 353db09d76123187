package dev.mlops.image;

import dev.mlops.platform.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** An image of one class that a real node can run: this machine's C library, a small JVM. */
public final class ContainerImage {
  private static final String JAVA = "/opt/java";
  private static final List<String> FLAGS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx48m", "-Xshare:auto");

  private ContainerImage() {}

  /**
   * @param cache kept from test to test: linking the JVM takes seconds
   * @param variant gives the image a digest of its own
   * @return its digest
   */
  public static Digest write(Path cache, Class<?> main, String variant, Path layout)
      throws IOException, InterruptedException {
    Path runtime = runtime(cache);
    Path work = Files.createDirectories(layout.resolveSibling(layout.getFileName() + "-files"));
    Path classes = classes(main, variant, work.resolve("classes"));
    Machine machine = Machine.here();
    var builds = new BuildCache(cache.resolve("builds"));
    Base base = BaseChoice.published(machine, builds).fallback(List.of(runtime));
    ImageAssembly assembly = new ImageAssembly(base, machine, builds.root());
    if (base instanceof Base.Host host) {
      assembly.layer(HostBase.layer(host, builds));
    }
    List<String> entrypoint =
        Stream.of(
                Stream.of(JAVA + "/bin/java"),
                FLAGS.stream(),
                Stream.of("-cp", "/app/classes", main.getName()))
            .flatMap(part -> part)
            .toList();
    Path archive = work.resolve("image.tar");
    assembly
        .layer(new ImageLayer("runtime", ImageLayer.tree(runtime, JAVA)))
        .layer(new ImageLayer("app", ImageLayer.tree(classes, "/app/classes")))
        .run(entrypoint, Map.of("PORT", "8000", "HOST", "0.0.0.0", "GREETING", "hello"))
        .write("tiny", archive, _ -> {});
    LayoutArchive.unpack(archive, Files.createDirectories(layout));
    return OciLayout.open(layout).digest();
  }

  private static Path classes(Class<?> main, String variant, Path folder) throws IOException {
    String name = main.getName().replace('.', '/') + ".class";
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (InputStream in = main.getClassLoader().getResourceAsStream(name)) {
      Files.write(file, in.readAllBytes());
    }
    // In the name too: Jib knows a layer again by its files' names and times.
    Files.writeString(folder.resolve("variant-" + variant), variant);
    return folder;
  }

  private static synchronized Path runtime(Path cache) throws IOException {
    Path runtime = cache.resolve("runtime-" + Runtime.version().feature());
    if (!Files.exists(runtime.resolve("release"))) {
      Files.createDirectories(cache);
      int status =
          ToolProvider.findFirst("jlink")
              .orElseThrow()
              .run(
                  System.out,
                  System.err,
                  "--add-modules",
                  "java.base,jdk.httpserver",
                  "--strip-debug",
                  "--no-header-files",
                  "--no-man-pages",
                  "--output",
                  runtime.toString());
      if (status != 0) {
        throw new IOException("jlink failed with status " + status);
      }
    }
    return runtime;
  }
}
