package dev.mlops.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.stream.Collectors;

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
    YAMLMapper yaml =
        YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            // Else `"1"` and `"1e3"`, which annotations and variables may hold, become numbers.
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    return objects.stream().map(object -> write(yaml, object)).collect(Collectors.joining("\n"));
  }

  private static String write(YAMLMapper yaml, ObjectNode object) {
    try {
      return yaml.writeValueAsString(object).stripTrailing();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
