package dev.mlops.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.stream.Collectors;

/** Objects as YAML that kubectl takes. */
public final class ManifestText {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          // Else `"1"` and `"1e3"`, which annotations and variables may hold, become numbers.
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  private ManifestText() {}

  /** Documents, each begun by {@code ---}. */
  public static String of(List<ObjectNode> objects) {
    return objects.stream()
        .map(object -> of(object).stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  /** One document, begun by {@code ---}. */
  public static String of(ObjectNode object) {
    try {
      return YAML.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
