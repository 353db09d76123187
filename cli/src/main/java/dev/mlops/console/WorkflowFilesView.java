package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.ci.Delivery;
import dev.mlops.ci.StampedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer of `mlops ci init`.
 *
 * @param releases where `mlopsw` fetches the tool from; empty if that is not known
 */
public record WorkflowFilesView(
    Path project, Delivery delivery, List<StampedFile.Result> files, String releases)
    implements View {
  @Override
  public void text(Text text) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("file", ""));
    files.forEach(file -> rows.add(List.of(file.path(), file.outcome().label())));
    text.table(rows);
    text.blank();
    List<List<String>> routes = new ArrayList<>();
    routes.add(List.of("branch", "environment", "platform"));
    delivery
        .routes()
        .forEach(route ->
            routes.add(
                List.of(
                    route.branch(),
                    route.place().environment(),
                    route.place().platform().label())));
    delivery
        .preview()
        .ifPresent(
            place -> routes.add(List.of("pull requests", "pr-NUMBER", place.platform().label())));
    text.table(routes);
    for (StampedFile.Result file : files) {
      if (!file.difference().isEmpty()) {
        text.blank();
        text.line("  You have changed " + file.path() + ", so it stays. What would be written:");
        file.difference().lines().forEach(text::line);
      }
    }
    if (releases.isEmpty()) {
      text.blank();
      text.line("  ! This mlops is no released one: runs fetch it from where MLOPS_RELEASES says,");
      text.line("    a variable of the repository on GitHub.");
    }
    text.next(List.of("mlops ci check", "mlops ci setup"));
  }

  /** How many files differ from what would be written. */
  @Override
  public String essential() {
    return Long.toString(files.stream().filter(file -> !file.difference().isEmpty()).count());
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Json.object().put("folder", project.toString()).put("releases", releases);
    ArrayNode all = json.putArray("files");
    files.forEach(file ->
        all.addObject()
            .put("path", file.path())
            .put("outcome", file.outcome().label())
            .put("difference", file.difference()));
    ArrayNode routes = json.putArray("routes");
    delivery
        .routes()
        .forEach(route ->
            routes
                .addObject()
                .put("branch", route.branch())
                .put("environment", route.place().environment())
                .put("platform", route.place().platform().label()));
    return json;
  }
}
