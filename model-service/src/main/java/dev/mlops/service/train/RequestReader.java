package dev.mlops.service.train;

import dev.mlops.service.artifact.Task;
import dev.mlops.service.json.Json;
import dev.mlops.service.json.JsonException;
import dev.mlops.service.problem.Code;
import dev.mlops.service.problem.Guess;
import dev.mlops.service.train.TrainingRequest.DeclaredType;
import dev.mlops.service.train.TrainingRequest.Git;
import dev.mlops.service.train.TrainingRequest.Identity;
import dev.mlops.service.train.TrainingRequest.Source;
import dev.mlops.service.train.TrainingRequest.Trial;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a training request from JSON; docs/reference/training.md describes it. */
public final class RequestReader {
  private static final List<String> KEYS =
      List.of(
          "name",
          "version",
          "data",
          "target",
          "task",
          "features",
          "exclude",
          "algorithm",
          "test",
          "git");

  private RequestReader() {}

  /**
   * @throws dev.mlops.service.problem.ProblemException if the file is not a training request
   */
  public static TrainingRequest read(Path file) {
    try {
      Json json = Json.read(file);
      refuseUnknown(json);
      Source source = source(json);
      Identity identity = identity(json);
      return new TrainingRequest(
          identity,
          source,
          algorithm(json.get("algorithm")),
          trial(json.get("test")),
          Inputs.of(source.data(), json, identity.version()));
    } catch (JsonException | InvalidPathException e) {
      throw Code.REQUEST.problem("The training request is wrong: " + e.getMessage(), "", "");
    } catch (IOException e) {
      throw Code.REQUEST.problem("Can't read the training request " + file, e.toString(), "");
    }
  }

  private static void refuseUnknown(Json json) {
    for (String key : json.keys()) {
      if (!KEYS.contains(key)) {
        throw json.wrong("has an unknown key `" + key + "`. " + Guess.among(KEYS, key));
      }
    }
  }

  private static Identity identity(Json json) {
    Optional<Git> git =
        json.find("git").map(g -> new Git(g.get("commit").text(), g.get("dirty").flag()));
    return new Identity(json.get("name").text(), json.get("version").text(), git);
  }

  private static Source source(Json json) {
    Map<String, DeclaredType> types = new LinkedHashMap<>();
    json.find("features")
        .ifPresent(features ->
            features
                .members()
                .forEach((name, feature) ->
                    feature.find("type").ifPresent(type -> types.put(name, declared(type)))));
    return new Source(
        Path.of(json.get("data").text()),
        json.get("target").text(),
        json.find("task").flatMap(RequestReader::task),
        types,
        new LinkedHashSet<>(json.find("exclude").map(Json::texts).orElse(List.of())));
  }

  static Optional<Task> task(Json json) {
    return switch (json.text()) {
      case "auto" -> Optional.empty();
      case "classification" -> Optional.of(Task.CLASSIFICATION);
      case "regression" -> Optional.of(Task.REGRESSION);
      default -> throw json.wrong("should be auto, classification or regression");
    };
  }

  private static DeclaredType declared(Json json) {
    try {
      return DeclaredType.valueOf(json.text().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw json.wrong("should be number, category, boolean or text");
    }
  }

  private static Algorithm algorithm(Json json) {
    long seed = json.get("seed").whole();
    Json kind = json.get("kind");
    return switch (kind.text()) {
      case "auto" -> new Algorithm.Automatic(descent(json), seed);
      case "logistic-regression" -> new Algorithm.LogisticRegression(descent(json), seed);
      case "linear-regression" -> new Algorithm.LinearRegression(descent(json), seed);
      case "decision-tree" -> new Algorithm.DecisionTree(growth(json), seed);
      case "random-forest" ->
          new Algorithm.RandomForest(
              between(json.get("trees"), 1, 10_000),
              share(json.get("featureFraction"), 1),
              growth(json),
              seed);
      default ->
          throw kind.wrong(
              "should be auto, logistic-regression, linear-regression, decision-tree or"
                  + " random-forest");
    };
  }

  private static Algorithm.Descent descent(Json json) {
    Json rate = json.get("learningRate");
    if (rate.number() <= 0) {
      throw rate.wrong("should be above 0");
    }
    return new Algorithm.Descent(
        between(json.get("epochs"), 1, 100_000),
        rate.number(),
        between(json.get("batchSize"), 1, 1_000_000));
  }

  private static Algorithm.Growth growth(Json json) {
    return new Algorithm.Growth(
        between(json.get("maxDepth"), 1, 1_000), between(json.get("minLeaf"), 1, 1_000_000_000));
  }

  private static Trial trial(Json json) {
    Json folds = json.get("folds");
    if (folds.count() == 1) {
      throw folds.wrong("should be 0 for no cross-validation, or at least 2");
    }
    return new Trial(share(json.get("fraction"), 0.9), between(folds, 0, 100));
  }

  private static int between(Json json, int least, int most) {
    int value = json.count();
    if (value < least || value > most) {
      throw json.wrong("should be between " + least + " and " + most);
    }
    return value;
  }

  private static double share(Json json, double most) {
    double value = json.number();
    if (value <= 0 || value > most) {
      throw json.wrong("should be above 0 and at most " + most);
    }
    return value;
  }
}
