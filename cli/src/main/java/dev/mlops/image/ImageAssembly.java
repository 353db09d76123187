package dev.mlops.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Puts layers and config together as an image, by Jib. The only class that building needs it for.
 */
final class ImageAssembly {
  static final String WORKING_DIRECTORY = "/app";

  private final Base base;
  private final Path cache;
  private final JibContainerBuilder builder;

  ImageAssembly(Base base, Machine machine, Path cache) {
    this.base = base;
    this.cache = cache;
    this.builder =
        from(base)
            .setFormat(ImageFormat.OCI)
            .setCreationTime(FileTree.TIME)
            .setPlatforms(Set.of(new Platform(machine.architecture(), "linux")))
            .setUser(HostBase.USER)
            .setWorkingDirectory(AbsoluteUnixPath.get(WORKING_DIRECTORY));
  }

  ImageAssembly layer(ImageLayer layer) {
    FileEntriesLayer.Builder entries = FileEntriesLayer.builder().setName(layer.name());
    for (ImageLayer.Entry entry : layer.entries()) {
      entries.addEntry(
          entry.source(),
          AbsoluteUnixPath.get(entry.path()),
          FilePermissions.fromOctalString("%03o".formatted(entry.mode())),
          FileTree.TIME);
    }
    builder.addFileEntriesLayer(entries.build());
    return this;
  }

  ImageAssembly run(List<String> entrypoint, Map<String, String> environment) {
    int port = Integer.parseInt(environment.get("PORT"));
    builder
        .setEntrypoint(entrypoint)
        .setEnvironment(environment)
        .setExposedPorts(Set.of(Port.tcp(port)));
    return this;
  }

  ImageAssembly labels(Map<String, String> labels) {
    builder.setLabels(labels);
    return this;
  }

  /** Writes the image as an archive of an OCI layout. */
  void write(String name, Path archive, Consumer<String> progress) throws InterruptedException {
    try {
      builder.containerize(
          Containerizer.to(TarImage.at(archive).named(name))
              .setToolName("mlops")
              .setBaseImageLayersCache(cache.resolve("bases"))
              .setApplicationLayersCache(cache.resolve("layers"))
              .setAllowInsecureRegistries(baseIsHere())
              .addEventHandler(LogEvent.class, event -> tell(event, progress)));
    } catch (InvalidImageReferenceException e) {
      throw ImageReference.invalid(name, e);
    } catch (IOException
        | CacheDirectoryCreationException
        | ExecutionException
        | RegistryException e) {
      throw JibProblems.of(e, base, archive);
    }
  }

  private static JibContainerBuilder from(Base base) {
    return switch (base) {
      case Base.Host _ -> Jib.fromScratch();
      case Base.Published published -> from(published.reference());
      case Base.WithJava java -> from(java.reference());
    };
  }

  private static JibContainerBuilder from(String reference) {
    try {
      RegistryImage image = RegistryImage.named(reference);
      Credentials.retrievers(reference).forEach(image::addCredentialRetriever);
      return Jib.from(image);
    } catch (InvalidImageReferenceException e) {
      throw ImageReference.invalid(reference, e);
    }
  }

  /** Plain http for a base is for a registry on this machine only. */
  private boolean baseIsHere() {
    return !(base instanceof Base.Host) && ImageReference.parse(base.kind()).isLoopback();
  }

  private static void tell(LogEvent event, Consumer<String> progress) {
    if (event.getLevel() == LogEvent.Level.PROGRESS) {
      progress.accept(event.getMessage());
    }
  }
}
