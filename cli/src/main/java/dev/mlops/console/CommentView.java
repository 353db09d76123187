package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.ci.RequestComment;
import java.util.Locale;

/**
 * The answer of `mlops ci comment`.
 *
 * @param number of the pull request
 */
public record CommentView(int number, RequestComment.Result result) implements View {
  @Override
  public void text(Text text) {
    text.line("  comment on pull request " + number + ": " + outcome() + " " + result.address());
  }

  @Override
  public String essential() {
    return result.address();
  }

  @Override
  public ObjectNode json() {
    return Json.object()
        .put("request", number)
        .put("outcome", outcome())
        .put("comment", result.address());
  }

  private String outcome() {
    return result.outcome().name().toLowerCase(Locale.ROOT);
  }
}
