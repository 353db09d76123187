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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the model service is asked to train or to take in, as docs/reference/training.md describes
 * it.
 *
 * @param verb of the service: {@code train} or {@code import}
 * @param json the whole request
 * @param files what it is made of, by the key that names it in the request and in the card
 * @param elsewhere what of it can't be looked at from here
 */
public record TrainingRequest(
    String verb, ObjectNode json, Map<String, Path> files, Optional<String> elsewhere) {
  /** The version of the tool, which is the service's too: they are built together. */
  static final String VERSION =
      Optional.ofNullable(TrainingRequest.class.getPackage().getImplementationVersion())
          .orElse("development");

  private static final String DATA = "data";
  private static final String MODEL = "model";

  private static final ObjectMapper SORTED =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  public TrainingRequest {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /** The request of a config whose model is trained, or was trained elsewhere. */
  public static TrainingRequest of(MlopsConfig config, Path project) throws InterruptedException {
    return switch (config.model().kind()) {
      case TRIBUO -> ofTraining(config, project);
      case ONNX -> ofImport(config, project);
      case IMAGE -> throw new IllegalArgumentException("an image has no model of its own");
    };
  }

  private static TrainingRequest ofTraining(MlopsConfig config, Path project)
      throws InterruptedException {
    Model model = config.model();
    Path data = project.resolve(model.data().orElseThrow()).normalize();
    ObjectNode json = begin(config, project);
    json.put(DATA, data.toString());
    json.put("target", model.target().orElseThrow());
    json.put("task", lower(model.task()));
    ObjectNode features = json.putObject("features");
    model
        .features()
        .forEach((name, feature) -> features.putObject(name).put("type", lower(feature.type())));
    putTexts(json.putArray("exclude"), model.exclude());
    putAlgorithm(json.putObject("algorithm"), model.algorithm());
    json.putObject("test")
        .put("fraction", model.test().fraction())
        .put("folds", model.test().folds());
    return new TrainingRequest("train", json, Map.of(DATA, data), Optional.empty());
  }

  private static TrainingRequest ofImport(MlopsConfig config, Path project)
      throws InterruptedException {
    Model model = config.model();
    Map<String, Path> files = new LinkedHashMap<>();
    files.put(MODEL, project.resolve(model.onnx().file().orElseThrow()).normalize());
    model.data().ifPresent(data -> files.put(DATA, project.resolve(data).normalize()));
    ObjectNode json = begin(config, project);
    files.forEach((key, file) -> json.put(key, file.toString()));
    model.target().ifPresent(target -> json.put("target", target));
    json.put("task", lower(model.task()));
    json.put("scores", lower(model.onnx().scores()));
    putTexts(json.putArray("columns"), model.onnx().columns());
    putTexts(json.putArray("classes"), model.onnx().classes());
    putTexts(json.putArray("exclude"), model.exclude());
    ObjectNode categories = json.putObject("categories");
    model
        .features()
        .forEach((name, feature) -> {
          if (!feature.categories().isEmpty()) {
            putTexts(categories.putArray(name), feature.categories());
          }
        });
    return new TrainingRequest("import", json, files, Optional.empty());
  }

  private static ObjectNode begin(MlopsConfig config, Path project) throws InterruptedException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", config.name().text());
    json.put("version", VERSION);
    GitState.of(project)
        .ifPresent(
            git -> json.putObject("git").put("commit", git.commit()).put("dirty", git.dirty()));
    return json;
  }

  private static void putTexts(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
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

  /** The same with data that is no file of this machine. */
  public TrainingRequest withDataOf(String claim, String path) {
    Map<String, Path> others = new LinkedHashMap<>(files);
    others.remove(DATA);
    var at = Optional.of("the data of claim " + claim);
    return new TrainingRequest(verb, json.deepCopy().put(DATA, path), others, at);
  }

  /**
   * How what a model was made of differs from this request; empty if training again would give the
   * same bytes.
   */
  public List<String> differences(JsonNode card) throws IOException {
    JsonNode inputs = card.path("inputs");
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      if (!inputs.path(file.getKey()).asText().equals(Digest.ofFile(file.getValue()).hex())) {
        differences.add("the " + file.getKey() + " has changed");
      }
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
    config.remove(List.of(DATA, MODEL, "version", "git"));
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
