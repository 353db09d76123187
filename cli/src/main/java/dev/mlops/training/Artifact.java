package dev.mlops.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.platform.Digest;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A trained model on disk, as docs/reference/artifact.md describes it.
 *
 * @param digest over the names and contents of its files
 * @param metrics by name: {@code accuracy}, {@code f1} … or {@code rmse}, {@code r2} …
 * @param card the whole of card.json
 */
public record Artifact(Path folder, Digest digest, Map<String, Double> metrics, JsonNode card) {
  private static final List<String> FILES =
      List.of("card.json", "golden.json", "profile.json", "schema.json");

  /** In Tribuo's form or in ONNX form. */
  private static final List<String> MODELS = List.of("model.pb", "model.onnx");

  /** What is in the folder, or nothing if it does not hold all the files of an artifact. */
  public static Optional<Artifact> read(Path folder) {
    if (!FILES.stream().allMatch(name -> Files.isRegularFile(folder.resolve(name)))
        || MODELS.stream().noneMatch(name -> Files.isRegularFile(folder.resolve(name)))) {
      return Optional.empty();
    }
    try {
      JsonNode card = new ObjectMapper().readTree(folder.resolve("card.json").toFile());
      Map<String, Double> metrics = new TreeMap<>();
      card.path("metrics")
          .properties()
          .forEach(metric -> metrics.put(metric.getKey(), metric.getValue().asDouble()));
      return Optional.of(new Artifact(folder, Digest.ofFolder(folder), metrics, card));
    } catch (IOException e) {
      throw Code.ARTIFACT_UNREADABLE.problem(
          "The model artifact can't be read: " + folder,
          "It was damaged, or is not of this version.",
          "Remove the folder and run: mlops train",
          e);
    }
  }
}
