package dev.mlops.service.http;

import static dev.mlops.service.http.RunningServer.get;
import static dev.mlops.service.http.RunningServer.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.json.Json;
import dev.mlops.service.predict.Batching;
import dev.mlops.service.train.ImportRequestReader;
import dev.mlops.service.train.OnnxImport;
import dev.mlops.service.train.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients at once, of a model that adds up its three values: each has to get its own answer. */
@Timeout(60)
final class BatchingTest {
  private static final int CLIENTS = 8;
  private static final int REQUESTS = 40;
  private static final int WRONG_EVERY = 10;

  @TempDir private Path folder;

  @Test
  void givesEachRequestItsOwnAnswer() throws Exception {
    Batching batching = new Batching(16, Duration.ofMillis(5));
    try (RunningServer server = RunningServer.batched(adder(), batching);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        all.add(() -> ask(server, number));
      }
      for (Future<Void> done : clients.invokeAll(all)) {
        done.get();
      }
      try (RawClient client = server.client()) {
        List<String> page = client.send(get("/metrics")).answer().body().lines().toList();
        long rows = value(page, "model_predictions_total");
        long batches = value(page, "model_batches_total");
        int wrong = CLIENTS * REQUESTS / WRONG_EVERY;
        assertEquals(2L * (CLIENTS * REQUESTS - wrong), rows);
        assertTrue(batches > 0 && batches < CLIENTS * REQUESTS, batches + " batches");
      }
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws Exception {
    try (RunningServer server =
            RunningServer.batched(adder(), new Batching(4, Duration.ofMillis(1)));
        RawClient client = server.client()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        requests.append(post("{\"a\": " + i + ", \"b\": 0, \"c\": false}"));
      }
      client.send(requests.toString());
      for (int i = 0; i < 20; i++) {
        assertEquals("{\"prediction\":" + i + ".0}", client.answer().body());
      }
    }
  }

  private static Void ask(RunningServer server, int number) throws Exception {
    try (RawClient client = server.client()) {
      for (int i = 0; i < REQUESTS; i++) {
        double a = number * 1000 + i;
        boolean wrong = i % WRONG_EVERY == 0;
        String rows =
            "[{\"a\": %s, \"b\": %s, \"c\": true}, {\"a\": %s, \"b\": 2, \"c\": false}]"
                .formatted(a, wrong ? "1.5" : "7", a);
        RawClient.Answer answer = client.send(post(rows)).answer();
        if (wrong) {
          assertEquals(400, answer.status());
          assertTrue(answer.body().contains("'b' must be a whole number"), answer.body());
        } else {
          String sums = "[{\"prediction\":%s},{\"prediction\":%s}]".formatted(a + 8, a + 2);
          assertEquals(sums, answer.body());
        }
      }
    }
    return null;
  }

  private Artifact adder() throws Exception {
    Path model = Path.of(BatchingTest.class.getResource("/onnx/types.onnx").toURI());
    String request =
        "{\"name\":\"adder\",\"version\":\"1\",\"scores\":\"plain\",\"model\":"
            + Json.line(List.of(model.toString())).replaceAll("^\\[|]$", "")
            + "}";
    Path file = Files.write(folder.resolve("request.json"), request.getBytes(UTF_8));
    return new OnnxImport(ImportRequestReader.read(file), new Nobody()).run();
  }

  private static final class Nobody implements Training.Story {
    @Override
    public void progress(String message) {}

    @Override
    public void warning(String message) {}
  }

  private static long value(List<String> page, String series) {
    return page.stream()
        .filter(line -> line.startsWith(series + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
