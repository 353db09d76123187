package dev.mlops.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sends the golden rows, whose predictions training recorded, to the endpoint and compares the
 * answers. The value is the number of rows that came out the same.
 */
public final class VerifyPrediction implements Step<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 5;

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
      case RUNNING, DEGRADED, ABSENT -> look();
    };
  }

  private Finding<Integer> look() throws InterruptedException {
    try {
      return new Finding.InSync<>(compare());
    } catch (MlopsException e) {
      return new Finding.Differs<>(e.problem().message());
    }
  }

  @Override
  public Integer ensure(Consumer<String> progress) throws InterruptedException {
    // The address may need a moment after the rollout; a wrong prediction will not heal.
    for (int attempt = 1; ; attempt++) {
      try {
        return compare();
      } catch (MlopsException e) {
        if (attempt == ATTEMPTS || e.problem().code() == Code.PREDICTION_DIFFERS) {
          throw e;
        }
        progress.accept("no answer yet");
        Thread.sleep(Duration.ofSeconds(1));
      }
    }
  }

  @Override
  public String describe(Integer rows) {
    return rows == 0 ? "paused: not asked" : rows + " golden rows predicted as in training";
  }

  private int compare() throws InterruptedException {
    URI endpoint = status.get().endpoint().orElseThrow(this::silent);
    List<JsonNode> inputs = new ArrayList<>();
    List<JsonNode> expected = new ArrayList<>();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      for (JsonNode row : JSON.readTree(golden.toFile()).path("rows")) {
        inputs.add(row.path("input"));
        expected.add(row.path("output"));
      }
      JsonNode answer = predict(client, endpoint.resolve("/predict"), inputs);
      for (int i = 0; i < expected.size(); i++) {
        if (!expected.get(i).equals(answer.path(i))) {
          throw Code.PREDICTION_DIFFERS.problem(
              "Golden row " + (i + 1) + " is predicted as " + answer.path(i),
              "Training predicted " + expected.get(i),
              "mlops status");
        }
      }
      return expected.size();
    } catch (IOException e) {
      throw Code.ENDPOINT_SILENT.problem(endpoint + " does not answer", "", "mlops logs", e);
    }
  }

  private static JsonNode predict(HttpClient client, URI address, List<JsonNode> inputs)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(inputs)))
            .build();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(address + " answered with status " + response.statusCode());
    }
    return JSON.readTree(response.body());
  }

  private MlopsException silent() {
    return Code.ENDPOINT_SILENT.problem("The service has no address", "", "mlops status");
  }
}
