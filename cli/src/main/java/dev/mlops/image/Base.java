package dev.mlops.image;

import dev.mlops.platform.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/** What lies below the service in an image. */
sealed interface Base {
  /** Which one and why, one sentence. */
  String sentence();

  /** {@code host}, or the reference of the image. */
  String kind();

  /** Equal for equal content. */
  String identity() throws IOException;

  /** The java program in an image upon this base. */
  String java();

  /**
   * This machine's own C library, and nothing else.
   *
   * @param libraries path in the image to file
   */
  record Host(SortedMap<String, Path> libraries, String because) implements Base {
    @Override
    public String sentence() {
      return "this machine's own C library, " + because;
    }

    @Override
    public String kind() {
      return ImageSpec.HOST;
    }

    @Override
    public String identity() throws IOException {
      StringBuilder content = new StringBuilder(ImageSpec.HOST);
      for (Map.Entry<String, Path> library : libraries.entrySet()) {
        content.append('\n').append(library.getKey()).append(' ');
        content.append(Digest.ofFile(library.getValue()));
      }
      return content.toString();
    }

    @Override
    public String java() {
      return JavaRuntime.HOME + "/bin/java";
    }
  }

  /** An image of a registry that has a C library; the Java runtime comes upon it. */
  record Published(String reference, String because) implements Base {
    @Override
    public String sentence() {
      return reference + ", " + because;
    }

    @Override
    public String kind() {
      return reference;
    }

    @Override
    public String identity() {
      return reference;
    }

    @Override
    public String java() {
      return JavaRuntime.HOME + "/bin/java";
    }
  }

  /** An image of a registry that has Java in it. */
  record WithJava(String reference, String java, String because) implements Base {
    @Override
    public String sentence() {
      return reference + ", " + because;
    }

    @Override
    public String kind() {
      return reference;
    }

    @Override
    public String identity() {
      return reference + " " + java;
    }
  }
}
