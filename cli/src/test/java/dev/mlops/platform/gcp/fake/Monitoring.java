package dev.mlops.platform.gcp.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.rpc.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code monitoring.googleapis.com}: dashboards (v1) and alert policies (v3), by REST. */
public final class Monitoring {
  private static final String DASHBOARDS = "/v1/(?<parent>projects/[^/]+)/dashboards";
  private static final String ALERTS = "/v3/(?<parent>projects/[^/]+)/alertPolicies";

  private final World world;
  private final Map<String, ObjectNode> byName = new LinkedHashMap<>();
  private int count;

  Monitoring(World world) {
    this.world = world;
  }

  /** A dashboard of somebody else's. */
  public void plant(String project, String title) {
    String name = "projects/" + project + "/dashboards/" + ++count;
    byName.put(name, RestFront.object().put("name", name).put("displayName", title));
  }

  /** As if an older version had made all that there is. */
  public void age(String label) {
    for (ObjectNode each : byName.values()) {
      for (String labels : List.of("labels", "userLabels")) {
        if (each.has(labels)) {
          ((ObjectNode) each.get(labels)).put(label, "older");
        }
      }
    }
  }

  public Set<String> names() {
    return Set.copyOf(byName.keySet());
  }

  List<Route> routes() {
    return List.of(
        Route.get(DASHBOARDS, request -> list(request, "dashboards")),
        Route.change("POST", DASHBOARDS, request -> create(request, "dashboards")),
        Route.get("/v1/(?<name>projects/[^/]+/dashboards/[^/]+)", this::get),
        Route.change("PATCH", "/v1/(?<name>projects/[^/]+/dashboards/[^/]+)", this::replace),
        Route.change("DELETE", "/v1/(?<name>projects/[^/]+/dashboards/[^/]+)", this::delete),
        Route.get(ALERTS, request -> list(request, "alertPolicies")),
        Route.change("POST", ALERTS, request -> create(request, "alertPolicies")),
        Route.get("/v3/(?<name>projects/[^/]+/alertPolicies/[^/]+)", this::get),
        Route.change("PATCH", "/v3/(?<name>projects/[^/]+/alertPolicies/[^/]+)", this::replace),
        Route.change("DELETE", "/v3/(?<name>projects/[^/]+/alertPolicies/[^/]+)", this::delete));
  }

  private String project(String name) {
    String project = Resource.part(name, "projects");
    world.services().need(project, "monitoring.googleapis.com");
    return world.projects().need(project).getProjectId();
  }

  private JsonNode list(RestRequest request, String kind) {
    String prefix = "projects/" + project(request.part("parent")) + "/" + kind + "/";
    ObjectNode answer = RestFront.object();
    ArrayNode array = answer.putArray(kind);
    byName.forEach((name, node) -> {
      if (name.startsWith(prefix)) {
        array.add(node);
      }
    });
    return answer;
  }

  private JsonNode create(RestRequest request, String kind) {
    String project = project(request.part("parent"));
    if (request.body().path("displayName").asText().isEmpty()) {
      throw ApiFault.invalid("displayName is required");
    }
    String name = "projects/" + project + "/" + kind + "/" + ++count;
    ObjectNode made = request.body().deepCopy();
    byName.put(name, made.put("name", name).put("etag", "e" + count));
    return made;
  }

  private JsonNode get(RestRequest request) {
    project(request.part("name"));
    ObjectNode found = byName.get(request.part("name"));
    if (found == null) {
      throw ApiFault.notFound(request.part("name"));
    }
    return found;
  }

  private JsonNode replace(RestRequest request) {
    JsonNode old = get(request);
    JsonNode etag = request.body().path("etag");
    if (!etag.isMissingNode() && !etag.equals(old.path("etag"))) {
      throw ApiFault.of(Code.ABORTED, "The etag does not match.");
    }
    ObjectNode now = request.body().deepCopy();
    byName.put(
        request.part("name"), now.put("name", request.part("name")).put("etag", "e" + ++count));
    return now;
  }

  private JsonNode delete(RestRequest request) {
    get(request);
    byName.remove(request.part("name"));
    return RestFront.object();
  }
}
