package dev.mlops.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** An installation whose model service is {@link StubServiceMain}. */
public final class StubService {
  private static final String CLASS = StubServiceMain.class.getName().replace('.', '/') + ".class";

  private StubService() {}

  public static Installation install(Path home) throws IOException {
    Installation installation = new Installation(home);
    Files.createDirectories(installation.service());
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StubServiceMain.class.getName());
    try (OutputStream out =
            Files.newOutputStream(installation.service().resolve("model-service.jar"));
        JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream code = StubService.class.getClassLoader().getResourceAsStream(CLASS)) {
      jar.putNextEntry(new JarEntry(CLASS));
      code.transferTo(jar);
    }
    return installation;
  }

  /** The folder that its {@code train} copies to wherever it is asked to train into. */
  public static Path artifact(Installation installation) {
    return installation.service().resolve("artifact");
  }
}
