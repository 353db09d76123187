package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;

/** The answer of `mlops explain`. */
public record ExplainView(Code code) implements View {
  @Override
  public void text(Text text) {
    text.line(text.style().bold(code.id()) + "  " + code.title());
    text.blank();
    text.line("  " + code.explanation());
    text.blank();
    text.line(
        text.style()
            .dim("  exit code " + code.exitCode().status() + ": " + code.exitCode().meaning()));
  }

  @Override
  public String essential() {
    return code.title();
  }

  @Override
  public ObjectNode json() {
    return Json.object()
        .put("code", code.id())
        .put("title", code.title())
        .put("explanation", code.explanation())
        .put("exitCode", code.exitCode().status());
  }
}
