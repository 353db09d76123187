package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The answer of `mlops version`. */
public record VersionView(String version, String java) implements View {
  @Override
  public void text(Text text) {
    text.line("mlops " + version + ", Java " + java);
  }

  @Override
  public String essential() {
    return version;
  }

  @Override
  public ObjectNode json() {
    return Json.object().put("version", version).put("java", java);
  }
}
