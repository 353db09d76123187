package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.ci.RepositorySetup.Item;
import dev.mlops.ci.RepositorySetup.Result;
import dev.mlops.ci.RepositorySetup.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The answer of `mlops ci setup`. */
public record SetupView(Result result) implements View {
  @Override
  public void text(Text text) {
    text.line("  repository " + result.repository());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("environment", "variable", "", "what it is"));
    for (Item item : result.items()) {
      rows.add(List.of(item.environment(), item.name(), label(item.state()), item.what()));
    }
    text.table(rows);
    text.blank();
    text.line("  A cloud that takes the runs' tokens has to take these subjects:");
    result.subjects().values().forEach(forms -> forms.forEach(form -> text.line("    " + form)));
    if (result.customSubject()) {
      text.line("  ! the repository composes its subject of other claims: look at each of them");
    }
    if (missing() > 0) {
      text.next(List.of("mlops ci setup --write --var NAME=VALUE"));
    }
  }

  /** How many things are missing. */
  @Override
  public String essential() {
    return Long.toString(missing());
  }

  @Override
  public ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("repository", result.repository())
            .put("missing", missing())
            .put("customSubject", result.customSubject());
    ArrayNode items = json.putArray("items");
    result
        .items()
        .forEach(item ->
            items
                .addObject()
                .put("environment", item.environment())
                .put("variable", item.name())
                .put("state", label(item.state()))
                .put("what", item.what()));
    ObjectNode subjects = json.putObject("subjects");
    result.subjects().forEach((name, forms) -> forms.forEach(subjects.putArray(name)::add));
    return json;
  }

  private long missing() {
    return result.items().stream().filter(item -> item.state() == State.MISSING).count();
  }

  private static String label(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
