package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What workers say, a line of JSON each. Histograms go whole, every count of them, so that the sum
 * of all workers is the very histogram that one would have made.
 */
final class Frames {
  private Frames() {}

  /** In place of the word that it is ready. */
  static ObjectNode refusal(Problem problem) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("is", "refused")
        .put("code", problem.code().name())
        .put("message", problem.message())
        .put("why", problem.why())
        .put("next", problem.next());
  }

  static Optional<MlopsException> readRefusal(JsonNode json) {
    return json.path("is").asText().equals("refused")
        ? Optional.of(
            Code.valueOf(json.path("code").asText())
                .problem(
                    json.path("message").asText(),
                    json.path("why").asText(),
                    json.path("next").asText()))
        : Optional.empty();
  }

  /**
   * @param until up to when since the start, nanoseconds
   */
  static ObjectNode second(Harvest harvest, long until) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("is", "second").put("until", until);
    ArrayNode tasks = json.putArray("tasks");
    harvest.tasks().forEach(interval -> tasks.add(interval(interval)));
    json.set("excluded", interval(harvest.excluded()));
    json.put("lag", encoded(harvest.lag()));
    json.set("gauge", gauge(harvest.gauge()));
    return json;
  }

  /** Adds it to the harvest. */
  static void readSecond(JsonNode json, Harvest into) throws IOException {
    for (int i = 0; i < into.tasks().size(); i++) {
      readInterval(json.path("tasks").path(i), into.tasks().get(i));
    }
    readInterval(json.path("excluded"), into.excluded());
    into.lag().add(decoded(json.path("lag")));
    into.add(readGauge(json.path("gauge")));
  }

  private static ObjectNode interval(Interval interval) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("latency", encoded(interval.latency()))
        .put("service", encoded(interval.service()))
        .put("errors", interval.errors());
  }

  private static void readInterval(JsonNode json, Interval into) throws IOException {
    into.latency().add(decoded(json.path("latency")));
    into.service().add(decoded(json.path("service")));
    into.addErrors(json.path("errors").asLong());
  }

  private static ObjectNode gauge(Harvest.Gauge gauge) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("users", gauge.users())
        .put("connections", gauge.connections())
        .put("busyPercent", gauge.busyPercent())
        .put("pauseMillis", gauge.pauseMillis())
        .put("localLimits", gauge.localLimits())
        .put("heldUp", gauge.heldUp())
        .put("heldBack", gauge.heldBack())
        .put("lostConnections", gauge.lostConnections())
        .put("cpuWaitNanos", gauge.cpuWait().nanos())
        .put("cpuTurns", gauge.cpuWait().turns());
  }

  private static Harvest.Gauge readGauge(JsonNode json) {
    return new Harvest.Gauge(
        json.path("users").asInt(),
        json.path("connections").asInt(),
        json.path("busyPercent").asDouble(),
        json.path("pauseMillis").asLong(),
        json.path("localLimits").asLong(),
        json.path("heldUp").asLong(),
        json.path("heldBack").asLong(),
        json.path("lostConnections").asLong(),
        new CpuQueue.Wait(json.path("cpuWaitNanos").asLong(), json.path("cpuTurns").asLong()));
  }

  private static String encoded(Histogram histogram) {
    ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(bytes);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
  }

  private static Histogram decoded(JsonNode text) throws IOException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text.asText()));
      return Histogram.decodeFromCompressedByteBuffer(bytes, 0);
    } catch (DataFormatException | IllegalArgumentException e) {
      throw new IOException("a worker's histogram is damaged", e);
    }
  }

  static ObjectNode end(Generator.Findings findings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("is", "end");
    ArrayNode errors = json.putArray("errors");
    for (Map<String, ErrorCount> ofTask : findings.errors()) {
      ArrayNode kinds = errors.addArray();
      ofTask
          .values()
          .forEach(error ->
              kinds
                  .addObject()
                  .put("kind", error.kind())
                  .put("count", error.count())
                  .put("example", error.example()));
    }
    ArrayNode slowest = json.putArray("slowest");
    findings
        .slowest()
        .forEach(slow ->
            slowest
                .addObject()
                .put("task", slow.task())
                .put("second", slow.second())
                .put("latencyMillis", slow.latencyMillis())
                .put("serviceMillis", slow.serviceMillis())
                .put("trace", slow.trace())
                .put("sampled", slow.sampled()));
    return json;
  }

  static Generator.Findings readEnd(JsonNode json) {
    List<Map<String, ErrorCount>> errors = new ArrayList<>();
    for (JsonNode ofTask : json.path("errors")) {
      Map<String, ErrorCount> kinds = new HashMap<>();
      for (JsonNode error : ofTask) {
        String kind = error.path("kind").asText();
        kinds.put(
            kind,
            new ErrorCount(kind, error.path("count").asLong(), error.path("example").asText()));
      }
      errors.add(kinds);
    }
    List<SlowRequest> slowest = new ArrayList<>();
    for (JsonNode slow : json.path("slowest")) {
      slowest.add(
          new SlowRequest(
              slow.path("task").asInt(),
              slow.path("second").asDouble(),
              slow.path("latencyMillis").asDouble(),
              slow.path("serviceMillis").asDouble(),
              slow.path("trace").asText(),
              slow.path("sampled").asBoolean()));
    }
    return new Generator.Findings(errors, slowest, List.of());
  }
}
