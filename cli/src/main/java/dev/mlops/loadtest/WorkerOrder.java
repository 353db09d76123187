package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a worker is told before the start: the whole plan with its requests rendered, so that it
 * needs no files, and which part of it is its own.
 */
record WorkerOrder(LoadPlan plan, List<List<RenderedRequest>> requests, Share share) {

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("target", plan.target().toString());
    json.put("index", share.index()).put("of", share.of());
    json.put("seed", plan.seed());
    json.put("warmUp", plan.timing().warmUp().toNanos());
    json.put("duration", plan.timing().duration().toNanos());
    json.put("timeout", plan.timing().timeout().toNanos());
    json.put("maxRequests", plan.bounds().maxRequests());
    json.put("traceRatio", plan.bounds().traceRatio());
    json.put("insecure", plan.bounds().insecure());
    json.set("load", load());
    ArrayNode tasks = json.putArray("tasks");
    for (int i = 0; i < requests.size(); i++) {
      task(plan.tasks().get(i), requests.get(i), tasks.addObject());
    }
    return json;
  }

  private ObjectNode load() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (plan.load()) {
      case Load.Closed(Profile users, double spawnRate, Wait wait) ->
          json.put("users", users.toString())
              .put("spawnRate", spawnRate)
              .put("wait", wait.toString());
      case Load.Open(Profile rate, int connections) ->
          json.put("rate", rate.toString()).put("connections", connections);
      case Load.Replay(ArrivalFile file, int connections) -> {
        json.put("replay", file.name()).put("connections", connections);
        ArrayNode moments = json.putArray("moments");
        for (int i = 0; i < file.count(); i++) {
          moments.add(file.nanos(i));
        }
      }
    }
    return json;
  }

  private static void task(Task task, List<RenderedRequest> requests, ObjectNode json) {
    json.put("name", task.name()).put("weight", task.weight());
    task.think().ifPresent(think -> json.put("think", think.toString()));
    ArrayNode statuses = json.putArray("statuses");
    task.expect().statuses().forEach(statuses::add);
    json.put("contains", task.expect().contains());
    ArrayNode all = json.putArray("requests");
    requests.forEach(
        request -> all.addObject().put("text", request.text()).put("trace", request.trace()));
  }

  static WorkerOrder parse(JsonNode json) {
    List<Task> tasks = new ArrayList<>();
    List<List<RenderedRequest>> requests = new ArrayList<>();
    for (JsonNode task : json.path("tasks")) {
      tasks.add(task(task));
      List<RenderedRequest> ofTask = new ArrayList<>();
      task.path("requests")
          .forEach(request ->
              ofTask.add(
                  new RenderedRequest(
                      request.path("text").asText(), request.path("trace").asInt())));
      requests.add(ofTask);
    }
    LoadPlan plan =
        new LoadPlan(
            URI.create(json.path("target").asText()),
            tasks,
            load(json.path("load")),
            new LoadPlan.Timing(
                time(json, "warmUp"), time(json, "duration"), time(json, "timeout")),
            new LoadPlan.Bounds(
                json.path("maxRequests").asLong(),
                json.path("traceRatio").asDouble(),
                json.path("insecure").asBoolean()),
            new LoadPlan.Goals(List.of(), List.of()),
            json.path("seed").asLong());
    return new WorkerOrder(
        plan, requests, new Share(json.path("index").asInt(), json.path("of").asInt()));
  }

  private static Duration time(JsonNode json, String name) {
    return Duration.ofNanos(json.path(name).asLong());
  }

  private static Load load(JsonNode json) {
    if (json.has("users")) {
      return new Load.Closed(
          Profile.parse(json.path("users").asText()),
          json.path("spawnRate").asDouble(),
          Wait.parse(json.path("wait").asText()));
    }
    int connections = json.path("connections").asInt();
    if (json.has("rate")) {
      return new Load.Open(Profile.parse(json.path("rate").asText()), connections);
    }
    long[] moments = new long[json.path("moments").size()];
    for (int i = 0; i < moments.length; i++) {
      moments[i] = json.path("moments").get(i).asLong();
    }
    return new Load.Replay(ArrivalFile.of(json.path("replay").asText(), moments), connections);
  }

  /** What the request looks like is in its rendered form. */
  private static Task task(JsonNode json) {
    List<String> statuses = new ArrayList<>();
    json.path("statuses").forEach(status -> statuses.add(status.asText()));
    return new Task(
        json.path("name").asText(),
        json.path("weight").asInt(),
        new Task.Request("", "/", Map.of(), new Payloads.Literal("")),
        new Expect(statuses, json.path("contains").asText()),
        Optional.ofNullable(json.path("think").textValue()).map(Wait::parse));
  }
}
