package dev.mlops.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.config.Algorithm;
import dev.mlops.config.MlopsConfig;
import dev.mlops.config.Model;
import dev.mlops.platform.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the model service is asked to train, as docs/reference/artifact.md describes it.
 *
 * @param json the whole request
 * @param data the CSV file
 */
public record TrainingRequest(ObjectNode json, Path data) {
  /** The version of the tool, which is the service's too: they are built together. */
  static final String VERSION =
      Optional.ofNullable(TrainingRequest.class.getPackage().getImplementationVersion())
          .orElse("development");

  private static final ObjectMapper SORTED =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  /** The request of a config whose model is trained here. */
  public static TrainingRequest of(MlopsConfig config, Path project) throws InterruptedException {
    Model model = config.model();
    Path data = project.resolve(model.data().orElseThrow()).normalize();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", config.name().text());
    json.put("version", VERSION);
    json.put("data", data.toString());
    json.put("target", model.target().orElseThrow());
    json.put("task", lower(model.task()));
    ObjectNode features = json.putObject("features");
    model
        .features()
        .forEach((name, feature) -> features.putObject(name).put("type", lower(feature.type())));
    ArrayNode exclude = json.putArray("exclude");
    model.exclude().forEach(exclude::add);
    putAlgorithm(json.putObject("algorithm"), model.algorithm());
    json.putObject("test")
        .put("fraction", model.test().fraction())
        .put("folds", model.test().folds());
    GitState.of(project)
        .ifPresent(
            git -> json.putObject("git").put("commit", git.commit()).put("dirty", git.dirty()));
    return new TrainingRequest(json, data);
  }

  private static void putAlgorithm(ObjectNode json, Algorithm algorithm) {
    json.put("kind", algorithm.kind().label())
        .put("epochs", algorithm.epochs())
        .put("learningRate", algorithm.learningRate())
        .put("batchSize", algorithm.batchSize())
        .put("maxDepth", algorithm.maxDepth())
        .put("minLeaf", algorithm.minLeaf())
        .put("trees", algorithm.trees())
        .put("featureFraction", algorithm.featureFraction())
        .put("seed", algorithm.seed());
  }

  /**
   * How what a model was made of differs from this request; empty if training again would give the
   * same bytes.
   */
  public List<String> differences(JsonNode card) throws IOException {
    JsonNode inputs = card.path("inputs");
    List<String> differences = new ArrayList<>();
    if (!inputs.path("data").asText().equals(Digest.ofFile(data).hex())) {
      differences.add("the data has changed");
    }
    if (!inputs.path("config").asText().equals(configHash())) {
      differences.add("the training config has changed");
    }
    if (!card.path("version").asText().equals(VERSION)) {
      differences.add("the model is of version " + card.path("version").asText() + " of mlops");
    }
    return differences;
  }

  /** As docs/reference/training.md defines it: keys sorted, without what is no config. */
  private String configHash() {
    ObjectNode config = json.deepCopy();
    config.remove(List.of("data", "version", "git"));
    try {
      return Digest.of(SORTED.writeValueAsBytes(config)).hex();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
