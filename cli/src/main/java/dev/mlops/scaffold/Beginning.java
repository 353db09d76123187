package dev.mlops.scaffold;

import dev.mlops.config.Port;
import java.nio.file.Path;
import java.util.Optional;

/** What a project begins with. */
public sealed interface Beginning {
  /**
   * The bundled data set.
   *
   * @param port on this machine
   */
  record Iris(Port port) implements Beginning {}

  /**
   * A table of the user's.
   *
   * @param data absolute
   * @param target the column to predict; empty: chosen from the data
   */
  record Table(Path data, String target) implements Beginning {}

  /**
   * A trained model in ONNX form.
   *
   * @param model absolute
   * @param data rows to judge it by, if there are any; their column to predict is not empty then
   */
  record Onnx(Path model, Optional<Table> data) implements Beginning {}

  /**
   * A service of the user's own.
   *
   * @param reference of its image, or a folder or archive in OCI layout
   */
  record OwnImage(String reference) implements Beginning {}
}
