package dev.mlops.ci.actions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What sets a workflow off, with the contexts that GitHub gives.
 *
 * @param name {@code push}, {@code pull_request} or {@code schedule}
 * @param branch that was pushed to, or that a request is to be merged into
 * @param sha of the commit that is checked out; of a request, its merge commit
 * @param event the webhook's payload
 * @param trusted whether the run may have a writing token and an identity: not for forks
 */
public record Event(String name, String branch, String sha, ObjectNode event, boolean trusted) {
  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

  public static Event push(String branch, String sha) {
    return new Event("push", branch, sha, MAKE.objectNode(), true);
  }

  public static Event schedule(String branch, String sha) {
    return new Event("schedule", branch, sha, MAKE.objectNode(), true);
  }

  /**
   * @param from the repository that the request's branch is in
   * @param title as its author has written it
   */
  public static Event request(
      String action,
      int number,
      String base,
      String baseSha,
      String sha,
      String from,
      String title) {
    ObjectNode event = MAKE.objectNode().put("action", action).put("number", number);
    ObjectNode request = event.putObject("pull_request").put("number", number).put("title", title);
    request.putObject("base").put("ref", base).put("sha", baseSha);
    ObjectNode head =
        request.putObject("head").put("ref", title).put("label", title).put("sha", sha);
    head.putObject("repo").put("full_name", from);
    return new Event("pull_request", base, sha, event, from.equals(REPOSITORY));
  }

  public static final String REPOSITORY = "flowers/iris";

  String ref() {
    return name.equals("pull_request")
        ? "refs/pull/" + event.path("number").asInt() + "/merge"
        : "refs/heads/" + branch;
  }
}
