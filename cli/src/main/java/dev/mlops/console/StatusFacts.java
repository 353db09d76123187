package dev.mlops.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Event;
import dev.mlops.platform.Meters;
import dev.mlops.platform.Status;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What runs, as the views of several commands show it. */
final class StatusFacts {
  private StatusFacts() {}

  /**
   * Adds the keys that deploy, up and status share.
   *
   * @param repository the image's name, to which the digest is added
   */
  static void put(ObjectNode json, Status status, String repository) {
    json.put("state", status.state().label());
    json.put("endpoint", status.endpoint().map(URI::toString).orElse(null));
    json.put("release", status.release().map(release -> release.name()).orElse(null));
    json.put(
        "image", status.release().map(release -> repository + "@" + release.image()).orElse(null));
    json.put("since", status.since().map(Instant::toString).orElse(null));
    putReplicas(json.putObject("replicas"), status.replicas());
    status
        .autoscaling()
        .ifPresent(scaling -> ScalingFacts.put(json.putObject("autoscaling"), scaling));
    ArrayNode notes = json.putArray("notes");
    status.notes().forEach(notes::add);
  }

  private static void putReplicas(ObjectNode json, Status.Replicas replicas) {
    json.put("desired", replicas.desired()).put("ready", replicas.ready());
    ArrayNode endpoints = json.putArray("endpoints");
    replicas.endpoints().forEach(endpoint -> endpoints.add(endpoint.toString()));
    ArrayNode all = json.putArray("all");
    for (Status.Replica replica : replicas.all()) {
      all.addObject()
          .put("name", replica.name())
          .put("state", replica.state())
          .put("restarts", replica.restarts())
          .put("endpoint", replica.endpoint().map(URI::toString).orElse(null))
          .put("pid", replica.pid().orElse(null))
          .put("since", replica.since().map(Instant::toString).orElse(null))
          .set("lastEnd", replica.lastEnd().map(StatusFacts::json).orElse(null));
    }
  }

  private static JsonNode json(Status.End end) {
    return Json.object()
        .put("how", end.how())
        .put("at", end.at().map(Instant::toString).orElse(null));
  }

  static void putEvents(ArrayNode json, List<Event> events) {
    events.forEach(event ->
        json.addObject()
            .put("at", event.at().toString())
            .put("subject", event.subject())
            .put("reason", event.reason())
            .put("message", event.message())
            .put("count", event.count()));
  }

  static Map<String, String> summary(Status status, Style style, Instant now) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("state", coloured(status.state(), style) + since(status, now));
    status.endpoint().ifPresent(address -> facts.put("endpoint", style.accent(address.toString())));
    status.release().ifPresent(release -> facts.put("release", release.name()));
    if (status.state() != Status.State.ABSENT) {
      facts.put(
          "replicas", status.replicas().ready() + " of " + status.replicas().desired() + " ready");
    }
    status
        .autoscaling()
        .ifPresent(scaling -> facts.put("autoscaling", ScalingFacts.summary(scaling)));
    return facts;
  }

  /**
   * @param meters of those that are measured
   */
  static List<List<String>> replicaTable(
      List<Status.Replica> replicas, List<Meters.Reading> meters, Instant now) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "replica", "state", "age", "cpu", "memory", "restarts", "last end", "pid", "address"));
    for (Status.Replica replica : replicas) {
      Optional<Meters.Reading> meter = meter(meters, replica);
      rows.add(
          List.of(
              replica.name(),
              replica.state(),
              replica.since().map(since -> age(since, now)).orElse(""),
              meter.map(reading -> GaugeFacts.cpu(reading.cpu())).orElse(""),
              meter.map(reading -> GaugeFacts.memory(reading.memory())).orElse(""),
              Integer.toString(replica.restarts()),
              replica.lastEnd().map(end -> ended(end, now)).orElse(""),
              replica.pid().map(String::valueOf).orElse(""),
              replica.endpoint().map(URI::toString).orElse("")));
    }
    return Text.withoutEmptyColumns(rows);
  }

  /** To each replica that {@link #put} has told of. */
  static void putMeters(ObjectNode json, List<Status.Replica> all, List<Meters.Reading> meters) {
    for (int i = 0; i < all.size(); i++) {
      var replica = (ObjectNode) json.at("/replicas/all").get(i);
      meter(meters, all.get(i))
          .ifPresent(reading -> GaugeFacts.put(replica, reading.cpu(), reading.memory()));
    }
  }

  private static Optional<Meters.Reading> meter(
      List<Meters.Reading> meters, Status.Replica replica) {
    return meters.stream().filter(meter -> meter.replica().equals(replica.name())).findFirst();
  }

  private static String ended(Status.End end, Instant now) {
    return end.how() + end.at().map(at -> ", " + age(at, now) + " ago").orElse("");
  }

  /** In one line. */
  static String line(Event event, Instant now) {
    String times = event.count() > 1 ? event.count() + " times, last " : "";
    return "%s: %s, %s (%s%s ago)"
        .formatted(
            event.subject(),
            event.reason(),
            event.message().replaceAll("\\s+", " "),
            times,
            age(event.at(), now));
  }

  private static String coloured(Status.State state, Style style) {
    return switch (state) {
      case RUNNING -> style.good(state.label());
      case PAUSED, ABSENT -> style.notable(state.label());
      case DEGRADED -> style.bad(state.label());
    };
  }

  private static String since(Status status, Instant now) {
    return status.since().map(since -> " for " + age(since, now)).orElse("");
  }

  /** The two largest units, such as "3 h 12 min". */
  static String age(Instant since, Instant now) {
    Duration age = Duration.between(since, now);
    if (age.toDays() > 0) {
      return age.toDays() + " d " + age.toHoursPart() + " h";
    }
    if (age.toHours() > 0) {
      return age.toHours() + " h " + age.toMinutesPart() + " min";
    }
    return age.toMinutes() > 0
        ? age.toMinutes() + " min " + age.toSecondsPart() + " s"
        : Math.max(0, age.toSeconds()) + " s";
  }
}
