package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The answer of `mlops completion`. */
public record CompletionView(String script) implements View {
  @Override
  public void text(Text text) {
    text.line(script.stripTrailing());
  }

  @Override
  public String essential() {
    return script.stripTrailing();
  }

  @Override
  public ObjectNode json() {
    return Json.object().put("script", script);
  }
}
