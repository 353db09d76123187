package dev.mlops.ci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/** The one comment of a project on a pull request. */
public record RequestComment(GitHub github, String project, int number) {
  /** GitHub's limit is 65,536 characters. */
  private static final int LONGEST = 60_000;

  /** What became of it. */
  public enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED,
    REMOVED,
    ABSENT
  }

  /**
   * @param address of the comment; empty if there is none
   */
  public record Result(Outcome outcome, String address) {}

  public Result put(String markdown) throws InterruptedException {
    String body = body(markdown);
    Optional<JsonNode> found = find();
    if (found.isEmpty()) {
      return result(
          Outcome.CREATED,
          github.send(
              "POST",
              "/issues/" + number + "/comments",
              JsonNodeFactory.instance.objectNode().put("body", body)));
    }
    // GitHub gives lines back with the ends that a browser sends.
    if (found.get().path("body").asText().replace("\r\n", "\n").equals(body)) {
      return result(Outcome.UNCHANGED, found.get());
    }
    return result(
        Outcome.UPDATED,
        github.send(
            "PATCH", path(found.get()), JsonNodeFactory.instance.objectNode().put("body", body)));
  }

  public Result remove() throws InterruptedException {
    Optional<JsonNode> found = find();
    if (found.isEmpty()) {
      return new Result(Outcome.ABSENT, "");
    }
    github.delete(path(found.get()));
    return new Result(Outcome.REMOVED, "");
  }

  /** Whoever else writes the mark into a comment is a person, and keeps it. */
  private Optional<JsonNode> find() throws InterruptedException {
    return github.list("/issues/" + number + "/comments", "").stream()
        .filter(comment -> comment.path("body").asText().startsWith(mark()))
        .filter(comment -> comment.at("/user/type").asText().equals("Bot"))
        .findFirst();
  }

  private String body(String markdown) {
    String text = mark() + "\n## mlops: " + Markdown.plain(project) + "\n\n" + markdown.strip();
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "\n\n… cut: the rest stands in the run's summary";
  }

  private String mark() {
    return "<!-- mlops report of " + project + " -->";
  }

  private static String path(JsonNode comment) {
    return "/issues/comments/" + comment.path("id").asLong();
  }

  private static Result result(Outcome outcome, JsonNode comment) {
    return new Result(outcome, comment.path("html_url").asText());
  }
}
