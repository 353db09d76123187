package dev.mlops.image;

import java.nio.file.Path;

/** Where an image goes. */
public sealed interface ImageTarget {
  /** An OCI image layout on disk; replaced as a whole. */
  record Layout(Path folder) implements ImageTarget {}

  /**
   * A repository in a registry.
   *
   * @param reference such as {@code registry.example.com/team/iris:v1}
   * @param plainHttp http may be spoken, if the registry does; loopback addresses need no leave
   */
  record Registry(String reference, boolean plainHttp) implements ImageTarget {}
}
