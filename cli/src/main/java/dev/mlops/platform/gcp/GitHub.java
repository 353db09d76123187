package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.problem.Code;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/**
 * A repository on GitHub by the ids that stay when it is renamed. A name that was given up can be
 * taken by somebody else; an id can't.
 *
 * @param id of the repository
 * @param ownerId of the person or organization
 */
record GitHub(String id, String ownerId) {
  /**
   * From the config, or the variables of a workflow's run, else asked of GitHub.
   *
   * @param repository as {@code owner/name}
   */
  static GitHub find(Site site, String repository) throws InterruptedException {
    var ids = site.config().github();
    if (ids.repositoryId().isPresent() && ids.ownerId().isPresent()) {
      return new GitHub(ids.repositoryId().get(), ids.ownerId().get());
    }
    Map<String, String> variables = site.settings().variables();
    String id = variables.getOrDefault("GITHUB_REPOSITORY_ID", "");
    String ownerId = variables.getOrDefault("GITHUB_REPOSITORY_OWNER_ID", "");
    boolean isThisOne = repository.equals(variables.get("GITHUB_REPOSITORY"));
    return isThisOne && !id.isEmpty() && !ownerId.isEmpty()
        ? new GitHub(id, ownerId)
        : ask(site, repository);
  }

  private static GitHub ask(Site site, String repository) throws InterruptedException {
    Optional<JsonNode> found =
        site.policy()
            .find(
                "ask GitHub for " + repository,
                EnumSet.allOf(Fault.Kind.class),
                () -> site.clients().github().get("/repos/" + repository));
    JsonNode answer =
        found.orElseThrow(() ->
            Code.GCP_GITHUB.problem(
                "GitHub does not show the repository " + repository,
                "It is private, there is none of that name, or GitHub can't be asked from here.",
                "Set gcp.github.repositoryId and ownerId, from: gh api repos/" + repository));
    return new GitHub(answer.path("id").asText(), answer.path("owner").path("id").asText());
  }
}
