package dev.mlops.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.image.OciLayout;
import dev.mlops.platform.Images;
import dev.mlops.platform.Release;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.training.Artifact;
import dev.mlops.training.ArtifactFolder;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows whose predictions training recorded. */
public record GoldenRows(List<JsonNode> rows) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where they lie in an image that was built here, from its working folder. */
  private static final String IN_IMAGE = "model/golden.json";

  /** The service replays the rows more strictly, on the machine that it runs on. */
  private static final JsonLikeness SAME = new JsonLikeness(1e-5);

  public GoldenRows {
    rows = List.copyOf(rows);
  }

  /**
   * @param file the artifact's golden.json
   */
  public static GoldenRows read(Path file) {
    try {
      return parse(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /** Those that lie in an image; empty if it is a service of the user's own. */
  public static Optional<GoldenRows> in(OciLayout image) {
    return image.file(IN_IMAGE).map(json -> parse(json, image.digest() + "/" + IN_IMAGE));
  }

  /**
   * Those of a release: from here if the model that was trained here last is its own, out of its
   * image otherwise.
   *
   * @param artifact folder of the model that was trained here last
   * @return empty if the image has none
   * @throws dev.mlops.problem.MlopsException if the image can't be read
   */
  public static Optional<GoldenRows> of(Path artifact, Release release, Images images)
      throws InterruptedException {
    Optional<Artifact> here =
        new ArtifactFolder(artifact)
            .current()
            .filter(model -> model.digest().value().equals(release.facts().get(Release.MODEL)));
    if (here.isPresent()) {
      return Optional.of(read(here.get().folder().resolve("golden.json")));
    }
    return images
        .file(release.image(), IN_IMAGE)
        .map(json -> parse(json, release.image() + "/" + IN_IMAGE));
  }

  private static GoldenRows parse(byte[] json, String place) {
    try {
      return new GoldenRows(JSON.readTree(json).path("rows").valueStream().toList());
    } catch (IOException e) {
      throw unreadable(place, e);
    }
  }

  private static MlopsException unreadable(String place, IOException cause) {
    return Code.ARTIFACT_UNREADABLE.problem(
        "The model's golden rows can't be read: " + place, "", "mlops train", cause);
  }

  /**
   * Throws a problem if a row comes out another way: that will not heal by asking again.
   *
   * @return how many came out the same
   * @throws IOException if there was no good answer
   */
  public int compare(Endpoint endpoint) throws IOException, InterruptedException {
    List<JsonNode> inputs = new ArrayList<>();
    List<JsonNode> expected = new ArrayList<>();
    for (JsonNode row : rows) {
      inputs.add(row.path("input"));
      expected.add(row.path("output"));
    }
    JsonNode answer = predict(endpoint, inputs);
    for (int i = 0; i < expected.size(); i++) {
      if (!SAME.equals(expected.get(i), answer.path(i))) {
        throw Code.PREDICTION_DIFFERS.problem(
            "Golden row " + (i + 1) + " is predicted as " + answer.path(i),
            "Training predicted " + expected.get(i),
            "mlops status");
      }
    }
    return expected.size();
  }

  private static JsonNode predict(Endpoint endpoint, List<JsonNode> inputs)
      throws IOException, InterruptedException {
    return JSON.readTree(
        endpoint.send(
            endpoint
                .request("/predict")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(inputs)))
                .build()));
  }
}
