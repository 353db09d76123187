package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The answer of `mlops help`. */
public record HelpView(String usage) implements View {
  @Override
  public void text(Text text) {
    text.verbatim(usage);
  }

  @Override
  public String essential() {
    return usage;
  }

  @Override
  public ObjectNode json() {
    return Json.object().put("usage", usage);
  }
}
