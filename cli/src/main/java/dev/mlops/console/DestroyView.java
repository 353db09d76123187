package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Ownership.Owned;
import java.util.List;

/**
 * The answer of `mlops destroy`.
 *
 * @param removed what was there before, each looked for again afterwards and not found
 * @param kept what stays, because something that is not ours hangs on it
 */
public record DestroyView(RunView run, List<Owned> removed, List<Owned> kept) implements View {
  @Override
  public void text(Text text) {
    if (removed.isEmpty()) {
      text.line("  Nothing of ours was there.");
    } else {
      text.line("  Removed, looked for again, and found gone:");
      list(removed, text);
    }
    if (!kept.isEmpty()) {
      text.line("  Left as it is:");
      list(kept, text);
    }
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
    put(json.putArray("removed"), removed);
    put(json.putArray("kept"), kept);
    json.putArray("left");
    return json;
  }

  private static void put(ArrayNode array, List<Owned> things) {
    for (Owned thing : things) {
      array
          .addObject()
          .put("kind", thing.kind())
          .put("name", thing.name())
          .put("detail", thing.detail());
    }
  }
}
