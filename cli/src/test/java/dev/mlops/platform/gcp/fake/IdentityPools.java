package dev.mlops.platform.gcp.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.rpc.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code iam.googleapis.com/v1}: workload identity pools and their providers, by REST. What is
 * deleted stays for 30 days under its name, and may be undeleted.
 */
public final class IdentityPools {
  private static final String POOLS =
      "/v1/(?<parent>projects/[^/]+/locations/global)/workloadIdentityPools";
  private static final String POOL =
      "/v1/(?<name>projects/[^/]+/locations/global/workloadIdentityPools/[^/:]+)";
  private static final String PROVIDER =
      "/v1/(?<name>projects/[^/]+/locations/global/workloadIdentityPools/[^/]+/providers/[^/:]+)";
  private static final String OPERATION = "/v1/(?<name>projects/.+/operations/[^/]+)";

  private final World world;
  private final Map<String, ObjectNode> byName = new LinkedHashMap<>();
  private final Map<String, ObjectNode> operations = new LinkedHashMap<>();
  private Optional<String> failure = Optional.empty();

  IdentityPools(World world) {
    this.world = world;
  }

  /** Pools and providers that are not deleted, by full name with the project's number. */
  public Set<String> active() {
    return byName.entrySet().stream()
        .filter(each -> each.getValue().path("state").asText().equals("ACTIVE"))
        .map(Map.Entry::getKey)
        .collect(java.util.stream.Collectors.toSet());
  }

  /** The next removal ends with this error, and removes nothing. */
  public void failNextDelete(String message) {
    failure = Optional.of(message);
  }

  public void plant(String name, ObjectNode node) {
    byName.put(name, node.put("name", name).put("state", "ACTIVE"));
  }

  public JsonNode find(String name) {
    return byName.get(name);
  }

  boolean isThere(String projectNumber, String pool) {
    ObjectNode found =
        byName.get("projects/" + projectNumber + "/locations/global/workloadIdentityPools/" + pool);
    return found != null && found.path("state").asText().equals("ACTIVE");
  }

  List<Route> routes() {
    return List.of(
        Route.get(OPERATION, this::operation),
        Route.get(POOLS, request -> list(request.part("parent"), "workloadIdentityPools")),
        Route.change("POST", POOLS, this::createPool),
        Route.get(POOL + "/providers", request -> list(request.part("name"), "providers")),
        Route.change("POST", POOL + "/providers", this::createProvider),
        Route.get(POOL, request -> need(request.part("name"))),
        Route.change("PATCH", POOL, this::patch),
        Route.change("DELETE", POOL, request -> state(request, "ACTIVE", "DELETED")),
        Route.change("POST", POOL + ":undelete", request -> state(request, "DELETED", "ACTIVE")),
        Route.get(PROVIDER, request -> need(request.part("name"))),
        Route.change("PATCH", PROVIDER, this::patch),
        Route.change("DELETE", PROVIDER, request -> state(request, "ACTIVE", "DELETED")),
        Route.change(
            "POST", PROVIDER + ":undelete", request -> state(request, "DELETED", "ACTIVE")));
  }

  /** Under the project's number, however it was asked for. */
  private String numbered(String name) {
    String project = Resource.part(name, "projects");
    world.services().need(project, "iam.googleapis.com");
    long number = world.projects().number(world.projects().need(project).getProjectId());
    return name.replaceFirst("^projects/[^/]+", "projects/" + number);
  }

  private ObjectNode need(String name) {
    ObjectNode found = byName.get(numbered(name));
    if (found == null) {
      throw ApiFault.of(Code.NOT_FOUND, "Requested entity was not found.");
    }
    return found;
  }

  private JsonNode list(String parent, String kind) {
    ObjectNode answer = RestFront.object();
    String prefix = numbered(parent) + "/" + kind + "/";
    var array = answer.putArray(kind.equals("providers") ? "workloadIdentityPoolProviders" : kind);
    byName.forEach((name, node) -> {
      boolean child = name.startsWith(prefix) && name.indexOf('/', prefix.length()) < 0;
      if (child && node.path("state").asText().equals("ACTIVE")) {
        array.add(node);
      }
    });
    return answer;
  }

  private JsonNode createPool(RestRequest request) {
    String id = request.query("workloadIdentityPoolId");
    checkId(id);
    world.rights().need("iam.workloadIdentityPools.create", request.part("parent"));
    return create(
        numbered(request.part("parent")) + "/workloadIdentityPools/" + id, request.body());
  }

  private JsonNode createProvider(RestRequest request) {
    need(request.part("name"));
    checkId(request.query("workloadIdentityPoolProviderId"));
    JsonNode body = request.body();
    String issuer = body.path("oidc").path("issuerUri").asText();
    if (!issuer.startsWith("https://")) {
      throw ApiFault.invalid("The issuer URI must be https.");
    }
    if (!body.path("attributeMapping").has("google.subject")) {
      throw ApiFault.invalid("The attribute mapping must include google.subject.");
    }
    if (issuer.contains("token.actions.githubusercontent.com")
        && !body.path("attributeCondition").asText().contains("assertion.")) {
      throw ApiFault.invalid(
          "The attribute condition must reference one of the provider's claims.");
    }
    world.rights().need("iam.workloadIdentityPoolProviders.create", request.part("name"));
    return create(
        numbered(request.part("name"))
            + "/providers/"
            + request.query("workloadIdentityPoolProviderId"),
        body);
  }

  private static void checkId(String id) {
    Resource.mustMatch(id, "(?!gcp-)[a-z0-9-]{4,32}", "id");
  }

  private JsonNode create(String name, JsonNode body) {
    if (byName.containsKey(name)) {
      throw ApiFault.of(Code.ALREADY_EXISTS, "Requested entity already exists");
    }
    return start(
        name,
        () -> {
          ObjectNode made = body.deepCopy();
          byName.put(name, made.put("name", name).put("state", "ACTIVE"));
        });
  }

  private JsonNode patch(RestRequest request) {
    ObjectNode old = need(request.part("name"));
    if (request.query("updateMask").isEmpty()) {
      throw ApiFault.invalid("update_mask is required");
    }
    return start(
        old.path("name").asText(),
        () -> {
          for (String path : request.query("updateMask").split(",", -1)) {
            String field = path.replaceAll("\\..*", "");
            old.set(field, request.body().path(field));
          }
        });
  }

  private JsonNode state(RestRequest request, String from, String to) {
    ObjectNode found = need(request.part("name"));
    world.rights().need("iam.workloadIdentityPools.delete", request.part("name"));
    if (!found.path("state").asText().equals(from)) {
      throw to.equals("DELETED")
          ? ApiFault.of(Code.NOT_FOUND, "Requested entity was not found.")
          : ApiFault.of(Code.FAILED_PRECONDITION, "The entity is not deleted.");
    }
    String name = found.path("name").asText();
    if (failure.isPresent() && to.equals("DELETED")) {
      ObjectNode operation = start(name, () -> {});
      ObjectNode kept = operations.get(operation.path("name").asText());
      kept.putObject("error")
          .put("code", Code.FAILED_PRECONDITION_VALUE)
          .put("message", failure.get());
      failure = Optional.empty();
      return operation;
    }
    return start(name, () -> found.put("state", to));
  }

  private ObjectNode start(String resource, Runnable work) {
    String name = resource + "/operations/op" + operations.size();
    ObjectNode operation = RestFront.object().put("name", name).put("done", false);
    operations.put(name, operation);
    world
        .timeline()
        .after(
            world.pace().operation,
            () -> {
              work.run();
              operation.put("done", true).putObject("response");
            });
    return operation.deepCopy();
  }

  private JsonNode operation(RestRequest request) {
    ObjectNode found = operations.get(request.part("name"));
    if (found == null) {
      throw ApiFault.notFound(request.part("name"));
    }
    return found.deepCopy();
  }
}
