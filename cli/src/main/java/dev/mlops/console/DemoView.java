package dev.mlops.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.image.BuiltImage;
import dev.mlops.loadtest.LoadResult;
import dev.mlops.platform.Status;
import dev.mlops.training.Artifact;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The answer of `mlops demo`: how good, how big, how fast, and what to try next. */
public record DemoView(Path folder, Artifact model, BuiltImage image, RunView run, LoadResult load)
    implements View {
  @Override
  public void text(Text text) {
    Style style = text.style();
    Status status = run.status().orElse(Status.NOTHING);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("accuracy", accuracy());
    facts.put("image", image.digest().brief() + ", " + BuiltImage.size(image.sizeBytes()));
    facts.put("endpoint", style.accent(status.endpoint().map(URI::toString).orElse("none")));
    facts.put(
        "replicas", status.replicas().ready() + " of " + status.replicas().desired() + " ready");
    facts.putAll(LoadView.facts(load, style));
    text.blank();
    text.facts(facts, Set.of(LoadView.REPORT));
    if (!load.valid()) {
      load.invalidBecause()
          .forEach(reason -> text.line("  " + style.notable("! ") + "load test: " + reason));
    }
    text.next(next(status));
  }

  /** On a small test split one row weighs much, so the folds' mean stands beside it. */
  private String accuracy() {
    double tested = model.metrics().getOrDefault("accuracy", Double.NaN);
    JsonNode folds = model.card().path("crossValidation");
    JsonNode mean = folds.path("metrics").path("accuracy").path("mean");
    String test = String.format(Locale.ROOT, "%.1f %% of the test rows", 100 * tested);
    return mean.isMissingNode()
        ? test
        : String.format(
            Locale.ROOT,
            "%s, %.1f %% over %d folds",
            test,
            100 * mean.asDouble(),
            folds.path("folds").asInt());
  }

  private List<String> next(Status status) {
    return List.of(
        ChangeFolder.command(Path.of("").toAbsolutePath(), folder),
        "curl --json @data/sample.json " + status.endpoint().map(e -> e + "/predict").orElse(""),
        "mlops status",
        "mlops logs -f",
        "mlops destroy");
  }

  @Override
  public String essential() {
    return run.essential();
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Json.object().put("folder", folder.toString());
    json.setAll(run.json());
    json.set("model", new TrainView(model, List.of()).json());
    json.set("build", new BuildView(image.digest().toString(), image, List.of()).json());
    json.set("loadtest", load.json());
    return json;
  }
}
