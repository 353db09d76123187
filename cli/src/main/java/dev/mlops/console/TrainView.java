package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.training.Artifact;
import dev.mlops.training.Rounding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer of `mlops train`. */
public record TrainView(Artifact artifact, List<String> next) implements View {
  @Override
  public void text(Text text) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("artifact", artifact.folder().toString());
    facts.put("digest", artifact.digest().toString());
    artifact.metrics().forEach((name, value) -> facts.put(name, Rounding.text(value)));
    text.facts(facts);
    text.next(next);
  }

  @Override
  public String essential() {
    return artifact.digest().toString();
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("artifact", artifact.folder().toString());
    json.put("digest", artifact.digest().toString());
    ObjectNode metrics = json.putObject("metrics");
    artifact.metrics().forEach(metrics::put);
    json.putObject("gate").put("passed", true);
    json.set("card", artifact.card());
    return json;
  }
}
