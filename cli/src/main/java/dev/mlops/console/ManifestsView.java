package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.ManifestText;
import java.util.List;

/**
 * The answer of `mlops manifests`: YAML documents that `kubectl apply -f -` takes.
 *
 * @param objects in the order in which they are applied
 */
public record ManifestsView(String environment, String platform, List<ObjectNode> objects)
    implements View {
  @Override
  public void text(Text text) {
    text.line(yaml());
  }

  @Override
  public String essential() {
    return yaml();
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Json.object().put("environment", environment).put("platform", platform);
    ArrayNode array = json.putArray("objects");
    objects.forEach(array::add);
    return json;
  }

  private String yaml() {
    return ManifestText.of(objects);
  }
}
