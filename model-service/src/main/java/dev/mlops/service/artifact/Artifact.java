package dev.mlops.service.artifact;

import com.google.protobuf.ByteString;
import dev.mlops.service.json.Json;
import dev.mlops.service.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A trained model with all that is known of it: the folder of docs/reference/artifact.md.
 *
 * @param model in the form that the card tells
 */
public record Artifact(
    Schema schema, Card card, Profile profile, List<GoldenRow> golden, ByteString model) {
  static final String MODEL = "model.pb";
  static final String ONNX_MODEL = "model.onnx";
  static final String SCHEMA = "schema.json";
  static final String CARD = "card.json";
  static final String PROFILE = "profile.json";
  static final String GOLDEN = "golden.json";

  public Artifact {
    golden = List.copyOf(golden);
  }

  /**
   * @throws ArtifactException if a file is missing or damaged, or the files don't fit each other
   */
  public static Artifact read(Path folder) {
    try {
      Schema schema = Schema.read(document(folder, SCHEMA));
      Profile profile = Profile.read(document(folder, PROFILE));
      if (!names(schema).equals(names(profile))) {
        throw new ArtifactException(
            PROFILE + " and " + SCHEMA + " in " + folder + " name different features", null);
      }
      Card card = Card.read(document(folder, CARD));
      return new Artifact(
          schema,
          card,
          profile,
          document(folder, GOLDEN).get("rows").list().stream()
              .map(row -> GoldenRow.read(row, schema.target()))
              .toList(),
          ByteString.copyFrom(bytes(folder, modelFile(card))));
    } catch (JsonException e) {
      throw new ArtifactException("The model in " + folder + " is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * The digest of the artifact in a folder, {@code sha256:<hex>}.
   *
   * @throws ArtifactException if a file is missing
   */
  public static String digest(Path folder) {
    SequencedMap<String, String> hashes = new LinkedHashMap<>();
    String model = modelFile(Card.read(document(folder, CARD)));
    for (String name : List.of(CARD, GOLDEN, model, PROFILE, SCHEMA)) {
      hashes.put(name, Digest.hex(bytes(folder, name)));
    }
    return Digest.ofHashes(hashes);
  }

  /** The files of the folder, by name. */
  Map<String, ByteString> files() {
    Map<String, ByteString> files = new LinkedHashMap<>();
    files.put(modelFile(card), model);
    files.put(SCHEMA, pretty(schema.toJson()));
    files.put(CARD, pretty(card.document()));
    files.put(PROFILE, pretty(profile.toJson()));
    Map<String, Object> rows = new LinkedHashMap<>();
    rows.put("rows", golden.stream().map(row -> row.toJson(schema.target())).toList());
    files.put(GOLDEN, pretty(rows));
    return files;
  }

  private static String modelFile(Card card) {
    return card.isOnnx() ? ONNX_MODEL : MODEL;
  }

  private static ByteString pretty(Map<String, Object> document) {
    return ByteString.copyFrom(Json.pretty(document));
  }

  private static List<String> names(Schema schema) {
    return schema.features().stream().map(Feature::name).toList();
  }

  private static List<String> names(Profile profile) {
    return profile.features().stream().map(Profile.Column::name).toList();
  }

  private static Json document(Path folder, String name) {
    return Json.parse(bytes(folder, name), name);
  }

  private static byte[] bytes(Path folder, String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (NoSuchFileException e) {
      throw new ArtifactException("There is no model in " + folder + ": it lacks " + name, e);
    } catch (IOException e) {
      throw new ArtifactException("Can't read " + folder.resolve(name) + ": " + e.getMessage(), e);
    }
  }
}
