package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.image.BuiltImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer of `mlops build`.
 *
 * @param image its reference by digest
 */
public record BuildView(String image, BuiltImage built, List<String> next) implements View {
  @Override
  public void text(Text text) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("image", image);
    facts.put("size", BuiltImage.size(built.sizeBytes()) + " compressed");
    facts.put("base", built.base());
    built
        .startTime()
        .ifPresent(time -> facts.put("start", time.toMillis() + " ms to ready, on this machine"));
    text.facts(facts);
    text.blank();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("layer", "size", "digest"));
    for (BuiltImage.Layer layer : built.layers()) {
      rows.add(List.of(layer.name(), BuiltImage.size(layer.sizeBytes()), layer.digest().brief()));
    }
    text.table(rows);
    text.next(next);
  }

  @Override
  public String essential() {
    return built.digest().toString();
  }

  @Override
  public ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("image", image)
            .put("digest", built.digest().toString())
            .put("sizeBytes", built.sizeBytes())
            .put("base", built.base());
    ArrayNode layers = json.putArray("layers");
    for (BuiltImage.Layer layer : built.layers()) {
      layers
          .addObject()
          .put("name", layer.name())
          .put("digest", layer.digest().toString())
          .put("sizeBytes", layer.sizeBytes());
    }
    return json;
  }
}
