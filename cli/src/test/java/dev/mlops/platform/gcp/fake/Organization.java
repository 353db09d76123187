package dev.mlops.platform.gcp.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.resourcemanager.v3.Project;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code cloudresourcemanager.googleapis.com} by REST: projects, policies of the organization. */
public final class Organization {
  private final World world;
  private final Set<String> enforced = new HashSet<>();

  Organization(World world) {
    this.world = world;
  }

  /** Such as {@code constraints/compute.vmExternalIpAccess}. */
  public void enforce(String constraint) {
    enforced.add(constraint);
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v3/projects/(?<project>[^/:]+)", this::project),
        Route.ask("/v1/projects/(?<project>[^/:]+):getEffectiveOrgPolicy", this::policy));
  }

  private JsonNode project(RestRequest request) {
    Project project = world.projects().need(request.part("project"));
    return RestFront.object()
        .put("name", project.getName())
        .put("projectId", project.getProjectId())
        .put("state", project.getState().name());
  }

  private JsonNode policy(RestRequest request) {
    world.projects().need(request.part("project"));
    world.rights().need("orgpolicy.policy.get", request.part("project"));
    String constraint = request.body().path("constraint").asText();
    ObjectNode answer = RestFront.object().put("constraint", constraint);
    if (enforced.contains(constraint)) {
      answer.putObject("listPolicy").put("allValues", "DENY");
    }
    return answer;
  }
}
