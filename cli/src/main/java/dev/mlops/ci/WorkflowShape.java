package dev.mlops.ci;

import dev.mlops.ci.Shape.Anything;
import dev.mlops.ci.Shape.Either;
import dev.mlops.ci.Shape.Keys;
import dev.mlops.ci.Shape.Many;
import dev.mlops.ci.Shape.Named;
import dev.mlops.ci.Shape.Text;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys that GitHub knows, where it knows them, and what they take.
 *
 * @see <a href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax">
 *     Workflow syntax</a>
 */
final class WorkflowShape {
  private static final Shape ANYTHING = new Anything();
  private static final Shape TEXT = new Text();
  private static final Shape TEXTS = either(TEXT, new Many(TEXT));
  private static final Shape VALUES = new Named(TEXT);
  private static final Shape PERMISSIONS = either(TEXT, VALUES);

  /** Its values are looked at as those of variables. */
  private static final Shape ENV = new Named(ANYTHING);

  private static final Shape DEFAULTS =
      keys(Map.of("run", keys(Map.of("shell", TEXT, "working-directory", TEXT))));

  private static final Shape CONCURRENCY =
      either(TEXT, keys(Map.of("group", TEXT, "cancel-in-progress", TEXT, "queue", TEXT), "group"));

  private static final Shape CONTAINER =
      either(
          TEXT,
          keys(
              Map.of(
                  "image", TEXT,
                  "credentials", keys(Map.of("username", TEXT, "password", TEXT)),
                  "env", ENV,
                  "ports", new Many(TEXT),
                  "volumes", new Many(TEXT),
                  "options", TEXT,
                  "command", TEXT,
                  "entrypoint", TEXT),
              "image"));

  private static final Shape ENVIRONMENT =
      either(TEXT, keys(Map.of("name", TEXT, "url", TEXT, "deployment", TEXT), "name"));

  private static final Shape STRATEGY =
      keys(Map.of("matrix", new Named(ANYTHING), "fail-fast", TEXT, "max-parallel", TEXT));

  static final Shape STEP =
      keys(
          with(
              texts("id", "if", "name", "uses", "run", "working-directory", "shell"),
              Map.of(
                  "with", VALUES,
                  "env", ENV,
                  "continue-on-error", TEXT,
                  "timeout-minutes", TEXT)));

  private static final Map<String, Shape> OF_EVERY_JOB =
      Map.of(
          "name", TEXT,
          "needs", TEXTS,
          "permissions", PERMISSIONS,
          "if", TEXT,
          "strategy", STRATEGY,
          "concurrency", CONCURRENCY);

  /** Of a job that is another workflow. */
  static final Shape CALL =
      keys(
          with(
              OF_EVERY_JOB, Map.of("uses", TEXT, "with", VALUES, "secrets", either(TEXT, VALUES))));

  static final Shape JOB =
      keys(
          with(
              with(OF_EVERY_JOB, Map.of("steps", ANYTHING)),
              Map.of(
                  "runs-on", either(TEXTS, keys(Map.of("group", TEXT, "labels", TEXTS))),
                  "snapshot", either(TEXT, keys(Map.of("image-name", TEXT, "version", TEXT))),
                  "environment", ENVIRONMENT,
                  "outputs", VALUES,
                  "env", ENV,
                  "defaults", DEFAULTS,
                  "timeout-minutes", TEXT,
                  "continue-on-error", TEXT,
                  "container", CONTAINER,
                  "services", new Named(CONTAINER))),
          "runs-on");

  static final Shape WORKFLOW =
      keys(
          Map.of(
              "name", TEXT,
              "run-name", TEXT,
              "on", ANYTHING,
              "permissions", PERMISSIONS,
              "env", ENV,
              "defaults", DEFAULTS,
              "concurrency", CONCURRENCY,
              "jobs", new Named(ANYTHING)),
          "on",
          "jobs");

  private WorkflowShape() {}

  private static Shape keys(Map<String, Shape> known, String... required) {
    return new Keys(known, Set.of(required));
  }

  private static Shape either(Shape... shapes) {
    return new Either(List.of(shapes));
  }

  private static Map<String, Shape> texts(String... names) {
    Map<String, Shape> texts = new HashMap<>();
    Arrays.stream(names).forEach(name -> texts.put(name, TEXT));
    return texts;
  }

  private static Map<String, Shape> with(Map<String, Shape> some, Map<String, Shape> more) {
    Map<String, Shape> all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }
}
