package dev.mlops.platform.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Status;
import dev.mlops.platform.Status.Autoscaling;
import dev.mlops.platform.Status.Replica;
import dev.mlops.platform.Status.Replicas;
import dev.mlops.platform.Status.RequestRate;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A {@link Status} on its way from the supervisor to the command line. */
final class StatusJson {
  private StatusJson() {}

  static ObjectNode of(Status status) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("state", status.state().name());
    status.endpoint().ifPresent(uri -> json.put("endpoint", uri.toString()));
    status.release().ifPresent(release -> json.set("release", Json.of(release)));
    json.put("desired", status.replicas().desired());
    json.put("ready", status.replicas().ready());
    var all = json.putArray("replicas");
    status.replicas().all().forEach(replica -> all.add(of(replica)));
    status.autoscaling().ifPresent(scaling -> json.set("autoscaling", of(scaling)));
    status.since().ifPresent(since -> json.put("since", since.toString()));
    var notes = json.putArray("notes");
    status.notes().forEach(notes::add);
    return json;
  }

  private static ObjectNode of(Replica replica) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("name", replica.name());
    json.put("state", replica.state());
    json.put("restarts", replica.restarts());
    replica.endpoint().ifPresent(uri -> json.put("endpoint", uri.toString()));
    replica.pid().ifPresent(pid -> json.put("pid", pid));
    replica.since().ifPresent(since -> json.put("since", since.toString()));
    replica.lastEnd().ifPresent(end -> json.set("lastEnd", of(end)));
    return json;
  }

  private static ObjectNode of(Status.End end) {
    ObjectNode json = Json.MAPPER.createObjectNode().put("how", end.how());
    end.at().ifPresent(at -> json.put("at", at.toString()));
    return json;
  }

  private static ObjectNode of(Autoscaling scaling) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("min", scaling.min());
    json.put("max", scaling.max());
    scaling.targetCpuPercent().ifPresent(percent -> json.put("target", percent));
    scaling.currentCpuPercent().ifPresent(percent -> json.put("current", percent));
    scaling
        .requests()
        .ifPresent(requests -> {
          json.put("targetRequests", requests.target());
          requests.current().ifPresent(current -> json.put("currentRequests", current));
        });
    return json;
  }

  static Status status(JsonNode json) {
    List<Replica> all = new ArrayList<>();
    json.path("replicas").forEach(replica -> all.add(replica(replica)));
    List<String> notes = new ArrayList<>();
    json.path("notes").forEach(note -> notes.add(note.asText()));
    return new Status(
        Status.State.valueOf(json.path("state").asText()),
        optional(json, "endpoint", uri -> URI.create(uri.asText())),
        optional(json, "release", Json::release),
        new Replicas(json.path("desired").asInt(), json.path("ready").asInt(), all),
        optional(json, "autoscaling", StatusJson::autoscaling),
        optional(json, "since", since -> Instant.parse(since.asText())),
        notes);
  }

  private static Replica replica(JsonNode json) {
    return new Replica(
        json.path("name").asText(),
        json.path("state").asText(),
        json.path("restarts").asInt(),
        optional(json, "endpoint", uri -> URI.create(uri.asText())),
        optional(json, "pid", JsonNode::asLong),
        optional(json, "since", since -> Instant.parse(since.asText())),
        optional(json, "lastEnd", StatusJson::end));
  }

  private static Status.End end(JsonNode json) {
    return new Status.End(
        json.path("how").asText(), optional(json, "at", at -> Instant.parse(at.asText())));
  }

  private static Autoscaling autoscaling(JsonNode json) {
    return new Autoscaling(
        json.path("min").asInt(),
        json.path("max").asInt(),
        optional(json, "target", JsonNode::asInt),
        optional(json, "current", JsonNode::asInt),
        optional(
            json,
            "targetRequests",
            target ->
                new RequestRate(
                    target.asDouble(), optional(json, "currentRequests", JsonNode::asDouble))));
  }

  private static <T> Optional<T> optional(JsonNode json, String key, Function<JsonNode, T> reader) {
    return Optional.ofNullable(json.get(key)).map(reader);
  }
}
