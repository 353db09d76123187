package dev.mlops.service.train;

import dev.mlops.service.json.Json;
import dev.mlops.service.json.JsonException;
import dev.mlops.service.onnx.Scores;
import dev.mlops.service.problem.Code;
import dev.mlops.service.problem.Guess;
import dev.mlops.service.train.ImportRequest.Naming;
import dev.mlops.service.train.TrainingRequest.Git;
import dev.mlops.service.train.TrainingRequest.Identity;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads an import request from JSON; docs/reference/training.md describes it. */
public final class ImportRequestReader {
  private static final List<String> KEYS =
      List.of(
          "name",
          "version",
          "model",
          "columns",
          "classes",
          "categories",
          "scores",
          "task",
          "target",
          "data",
          "exclude",
          "git");

  private ImportRequestReader() {}

  /**
   * @throws dev.mlops.service.problem.ProblemException if the file is not an import request
   */
  public static ImportRequest read(Path file) {
    try {
      return request(Json.read(file));
    } catch (JsonException | InvalidPathException e) {
      throw Code.REQUEST.problem("The import request is wrong: " + e.getMessage(), "", "");
    } catch (IOException e) {
      throw Code.REQUEST.problem("Can't read the import request " + file, e.toString(), "");
    }
  }

  private static ImportRequest request(Json json) {
    for (String key : json.keys()) {
      if (!KEYS.contains(key)) {
        throw json.wrong("has an unknown key `" + key + "`. " + Guess.among(KEYS, key));
      }
    }
    Optional<Git> git =
        json.find("git").map(g -> new Git(g.get("commit").text(), g.get("dirty").flag()));
    Identity identity = new Identity(json.get("name").text(), json.get("version").text(), git);
    Path model = Path.of(json.get("model").text());
    Optional<ImportRequest.Table> table = json.find("data").map(data -> table(json, data));
    return new ImportRequest(
        identity,
        model,
        naming(json),
        table,
        Inputs.ofImport(model, table.map(ImportRequest.Table::data), json, identity.version()));
  }

  private static ImportRequest.Table table(Json json, Json data) {
    return new ImportRequest.Table(
        Path.of(data.text()),
        json.get("target").text(),
        new LinkedHashSet<>(texts(json, "exclude")));
  }

  private static Naming naming(Json json) {
    Map<String, List<String>> categories = new LinkedHashMap<>();
    json.find("categories")
        .ifPresent(
            all -> all.members().forEach((name, words) -> categories.put(name, words.texts())));
    return new Naming(
        texts(json, "columns"),
        texts(json, "classes"),
        categories,
        scores(json.get("scores")),
        json.find("task").flatMap(RequestReader::task),
        json.find("target").map(Json::text).orElse("prediction"));
  }

  private static Scores scores(Json json) {
    return switch (json.text()) {
      case "plain" -> Scores.PLAIN;
      case "logits" -> Scores.LOGITS;
      default -> throw json.wrong("should be plain or logits");
    };
  }

  private static List<String> texts(Json json, String key) {
    return json.find(key).map(Json::texts).orElse(List.of());
  }
}
