package dev.mlops.image;

import java.nio.file.Path;
import java.util.Map;

/** Where each system keeps what programs can make again. */
public final class UserCache {
  private UserCache() {}

  /** The folder {@code mlops} in this user's cache folder; it need not be there yet. */
  public static Path folder() {
    return folder(Machine.here().os(), Path.of(System.getProperty("user.home")), System.getenv());
  }

  static Path folder(String os, Path home, Map<String, String> environment) {
    Path caches =
        switch (os) {
          case "darwin" -> home.resolve("Library/Caches");
          case "windows" -> from(environment, "LOCALAPPDATA", home.resolve("AppData/Local"));
          default -> from(environment, "XDG_CACHE_HOME", home.resolve(".cache"));
        };
    return caches.resolve("mlops");
  }

  /** A relative path is to be passed over, says the XDG specification. */
  private static Path from(Map<String, String> environment, String variable, Path otherwise) {
    String value = environment.getOrDefault(variable, "");
    return !value.isEmpty() && Path.of(value).isAbsolute() ? Path.of(value) : otherwise;
  }
}
