package dev.mlops.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.platform.Release;
import dev.mlops.problem.Code;
import dev.mlops.training.ArtifactFolder;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows whose predictions training recorded.
 *
 * @param file the artifact's golden.json
 */
public record GoldenRows(Path file) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Which model a release has, by the digest of its artifact. */
  private static final String MODEL = "dev.mlops.model";

  /** The service replays the rows more strictly, on the machine that it runs on. */
  private static final JsonLikeness SAME = new JsonLikeness(1e-5);

  /**
   * Those of a release.
   *
   * @param artifact folder of the model that was trained here last
   * @return empty if the release has another model, of which no rows are here
   */
  public static Optional<GoldenRows> of(Path artifact, Optional<Release> release) {
    Optional<String> model = release.map(r -> r.facts().get(MODEL));
    return new ArtifactFolder(artifact)
        .current()
        .filter(here -> model.filter(here.digest().toString()::equals).isPresent())
        .map(here -> new GoldenRows(here.folder().resolve("golden.json")));
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
    for (JsonNode row : rows()) {
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

  private JsonNode rows() {
    try {
      return JSON.readTree(file.toFile()).path("rows");
    } catch (IOException e) {
      throw Code.ARTIFACT_UNREADABLE.problem(
          "The model's golden rows can't be read: " + file, "", "mlops train", e);
    }
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
