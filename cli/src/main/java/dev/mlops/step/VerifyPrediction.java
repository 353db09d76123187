package dev.mlops.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sends the golden rows, whose predictions training recorded, to the endpoint and compares the
 * answers. The value is the number of rows that came out the same.
 */
public final class VerifyPrediction implements Step<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ATTEMPTS = 5;

  /** The service replays the rows more strictly, on the machine that it runs on. */
  private static final JsonLikeness SAME = new JsonLikeness(1e-5);

  private final Ref<Status> status;
  private final Path golden;

  /**
   * @param golden the artifact's golden.json
   */
  public VerifyPrediction(Ref<Status> status, Path golden) {
    this.status = status;
    this.golden = golden;
  }

  @Override
  public String id() {
    return "verify-prediction";
  }

  @Override
  public String title() {
    return "Verify predictions";
  }

  @Override
  public List<Ref<?>> needs() {
    return List.of(status);
  }

  @Override
  public Finding<Integer> inspect() throws InterruptedException {
    return switch (status.get().state()) {
      case PAUSED -> new Finding.InSync<>(0);
      case RUNNING, DEGRADED, ABSENT -> look(Endpoint.of(status.get()));
    };
  }

  private Finding<Integer> look(Endpoint endpoint) throws InterruptedException {
    try {
      return new Finding.InSync<>(compare(endpoint));
    } catch (IOException e) {
      return new Finding.Differs<>(endpoint.address() + " does not answer");
    }
  }

  @Override
  public Integer ensure(Consumer<String> progress) throws InterruptedException {
    Endpoint endpoint = Endpoint.of(status.get());
    return endpoint.eventually(ATTEMPTS, progress, () -> compare(endpoint));
  }

  @Override
  public String describe(Integer rows) {
    return rows == 0 ? "paused: not asked" : rows + " golden rows predicted as in training";
  }

  /**
   * Throws a problem if a row comes out another way: that will not heal by asking again.
   *
   * @throws IOException if there was no good answer
   */
  private int compare(Endpoint endpoint) throws IOException, InterruptedException {
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
      return JSON.readTree(golden.toFile()).path("rows");
    } catch (IOException e) {
      throw Code.ARTIFACT_UNREADABLE.problem(
          "The model's golden rows can't be read: " + golden, "", "mlops train", e);
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
