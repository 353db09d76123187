package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.util.List;
import java.util.Optional;

/**
 * Whether a policy of the organization will refuse what is to be made. Who may not read policies is
 * told by the refusal itself.
 */
record OrganizationCheck(Site site) implements Check {
  private static final String API = "cloudresourcemanager";

  /** To what it means when it is enforced, or denies everything. */
  private record Constraint(String name, String meaning) {}

  private static final List<Constraint> CONSTRAINTS =
      List.of(
          new Constraint(
              "constraints/compute.vmExternalIpAccess",
              "machines may have no external addresses, and the nodes of this cluster do"),
          new Constraint(
              "constraints/iam.disableServiceAccountCreation",
              "no service accounts may be made, and the nodes need one"));

  @Override
  public String id() {
    return "gcp-organization";
  }

  @Override
  public String title() {
    return "Policies of the organization";
  }

  @Override
  public Result look() throws InterruptedException {
    boolean isRest =
        site.config()
            .endpoints()
            .of(API)
            .map(address -> !address.getScheme().equals("grpc"))
            .orElse(true);
    if (!isRest || new Ground(site).hasCluster()) {
      return new Result.NotApplicable(isRest ? "The cluster is there." : "They are asked by REST.");
    }
    if (!new Ground(site).hasProject()) {
      return new Result.NotApplicable("The project is not there yet.");
    }
    for (Constraint constraint : CONSTRAINTS) {
      Optional<JsonNode> policy = policy(constraint);
      if (policy.isEmpty()) {
        return new Result.NotApplicable("They may not be read.");
      }
      if (refuses(policy.get())) {
        throw Code.GCP_DENIED.problem(
            "A policy of the organization forbids it: " + constraint.meaning(),
            constraint.name() + " is enforced for the project " + site.project() + ".",
            "Ask the organization's administrator for an exception for this project");
      }
    }
    return new Result.Fine("");
  }

  private static boolean refuses(JsonNode policy) {
    return policy.at("/booleanPolicy/enforced").asBoolean()
        || policy.at("/listPolicy/allValues").asText().equals("DENY");
  }

  private Optional<JsonNode> policy(Constraint constraint) throws InterruptedException {
    JsonNode body = JsonNodeFactory.instance.objectNode().put("constraint", constraint.name());
    String path = "/v1/" + site.projectName() + ":getEffectiveOrgPolicy";
    try {
      return site.policy()
          .find(
              "read the policies of the organization",
              () -> site.clients().rest(API).post(path, body));
    } catch (MlopsException e) {
      if (e.problem().code() == Code.GCP_DENIED || e.problem().code() == Code.GCP_REJECTED) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
