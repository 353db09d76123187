package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Ownership.Owned;
import java.util.List;

/**
 * The answer of `mlops destroy`.
 *
 * @param removed what was there before, each looked for again afterwards and not found
 */
public record DestroyView(RunView run, List<Owned> removed) implements View {
  @Override
  public void text(Text text) {
    if (removed.isEmpty()) {
      text.line("  Nothing of ours was there.");
      return;
    }
    text.line("  Removed, looked for again, and found gone:");
    list(removed, text);
  }

  /** One line for each thing. */
  public static void list(List<Owned> things, Text text) {
    for (Owned thing : things) {
      String detail = thing.detail().isEmpty() ? "" : text.style().dim("  " + thing.detail());
      text.line("    " + thing.kind() + " " + thing.name() + detail);
    }
  }

  @Override
  public String essential() {
    return Integer.toString(removed.size());
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = run.json();
    ArrayNode gone = json.putArray("removed");
    for (Owned thing : removed) {
      gone.addObject()
          .put("kind", thing.kind())
          .put("name", thing.name())
          .put("detail", thing.detail());
    }
    json.putArray("left");
    return json;
  }
}
