package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * The answer of `mlops ci login`.
 *
 * @param file that later steps of the job use
 */
public record LoginView(Path file) implements View {
  @Override
  public void text(Text text) {
    text.line("  later steps of this job use " + file);
  }

  @Override
  public String essential() {
    return file.toString();
  }

  @Override
  public ObjectNode json() {
    return Json.object().put("file", file.toString());
  }
}
