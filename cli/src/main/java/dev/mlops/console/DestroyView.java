package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.cost.Estimate;
import dev.mlops.lifecycle.Receipt;
import dev.mlops.platform.Ownership;
import dev.mlops.platform.Ownership.Owned;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The answer of `mlops destroy`: what was looked for, found gone, and what stays at what price.
 *
 * @param file in which the receipt is kept, if there is one
 */
public record DestroyView(RunView run, Receipt receipt, Optional<Path> file) implements View {
  @Override
  public void text(Text text) {
    if (receipt.removed().isEmpty()) {
      text.line("  Nothing of ours was there.");
    } else {
      text.line("  Removed, looked for again, and found gone:");
      list(receipt.removed(), text);
    }
    if (!receipt.kept().isEmpty()) {
      text.line("  Left as it is:");
      list(receipt.kept(), text);
    }
    if (!receipt.priceBasis().isEmpty()) {
      cost(text);
    }
    file.ifPresent(path -> text.line("  Receipt: " + path));
  }

  private void cost(Text text) {
    String kinds =
        receipt.after().stream()
            .filter(Ownership.Looked::isSeen)
            .map(Ownership.Looked::kind)
            .collect(Collectors.joining(", "));
    text.line("  Looked for: " + kinds + ".");
    for (Ownership.Looked unseen : receipt.unseen()) {
      text.line("  Not looked at: " + unseen.kind() + ": " + unseen.unseen());
    }
    String what = receipt.unseen().isEmpty() ? "  What stays " : "  What was seen and stays ";
    text.line(
        receipt
            .monthly()
            .map(monthly ->
                what
                    + "costs "
                    + Estimate.cents(monthly)
                    + " a month ("
                    + receipt.priceBasis()
                    + ").")
            .orElse(what + "is billed; " + receipt.priceBasis() + "."));
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
    return Integer.toString(receipt.removed().size());
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = run.json();
    put(json.putArray("removed"), receipt.removed());
    put(json.putArray("kept"), receipt.kept());
    put(json.putArray("left"), receipt.left());
    json.set("receipt", receipt.json());
    json.put("receiptFile", file.map(Path::toString).orElse(null));
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
