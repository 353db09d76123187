package dev.mlops.platform.local;

import java.nio.file.Path;

/**
 * One environment of a project on this machine.
 *
 * @param project folder of mlops.yaml; the state is kept below its {@code .mlops/local}
 * @param name of the project, which is the image's name too
 * @param host address to listen on
 * @param port to listen on
 */
public record LocalSettings(Path project, String name, String environment, String host, int port) {
  public LocalSettings {
    project = project.toAbsolutePath().normalize();
  }

  Site site() {
    return new Site(name, new Address(host, port));
  }

  LocalFolder folder() {
    return new LocalFolder(project.resolve(".mlops").resolve("local").resolve(environment));
  }
}
