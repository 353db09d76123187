package dev.mlops.ci;

import dev.mlops.config.DidYouMean;
import dev.mlops.config.Origin;
import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Items;
import dev.mlops.config.YamlNode.Mapping;
import dev.mlops.config.YamlNode.Scalar;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keys that GitHub knows, where it knows them, and the ones that it can't do without.
 *
 * @see <a href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax">
 *     Workflow syntax</a>
 */
final class KnownKeys implements Rule {
  private static final String RULE = "unknown-key";
  private static final String MISSING = "missing-key";

  private static final Set<String> TOP =
      Set.of("name", "run-name", "on", "permissions", "env", "defaults", "concurrency", "jobs");

  private static final Set<String> JOB =
      Set.of(
          "name",
          "needs",
          "permissions",
          "if",
          "runs-on",
          "snapshot",
          "environment",
          "concurrency",
          "outputs",
          "env",
          "defaults",
          "steps",
          "timeout-minutes",
          "strategy",
          "continue-on-error",
          "container",
          "services",
          "uses",
          "with",
          "secrets");

  private static final Set<String> STEP =
      Set.of(
          "id",
          "if",
          "name",
          "uses",
          "run",
          "working-directory",
          "shell",
          "with",
          "env",
          "continue-on-error",
          "timeout-minutes");

  private static final Set<String> RUNS_ON = Set.of("group", "labels");
  private static final Set<String> CONTAINER =
      Set.of("image", "credentials", "env", "ports", "volumes", "options", "command", "entrypoint");
  private static final Set<String> STRATEGY = Set.of("matrix", "fail-fast", "max-parallel");
  private static final Set<String> CONCURRENCY = Set.of("group", "cancel-in-progress", "queue");
  private static final Set<String> ENVIRONMENT = Set.of("name", "url", "deployment");

  private static final Set<String> EVENTS =
      Set.of(
          "branch_protection_rule",
          "check_run",
          "check_suite",
          "create",
          "delete",
          "deployment",
          "deployment_status",
          "discussion",
          "discussion_comment",
          "fork",
          "gollum",
          "image_version",
          "issue_comment",
          "issues",
          "label",
          "merge_group",
          "milestone",
          "page_build",
          "project",
          "project_card",
          "project_column",
          "public",
          "pull_request",
          "pull_request_review",
          "pull_request_review_comment",
          "pull_request_target",
          "push",
          "registry_package",
          "release",
          "repository_dispatch",
          "schedule",
          "status",
          "watch",
          "workflow_call",
          "workflow_dispatch",
          "workflow_run");

  @Override
  public void check(Workflow workflow, Findings findings) {
    known(workflow.root(), TOP, findings);
    defaults(workflow.root(), findings);
    twice(Yaml.at(workflow.root(), "jobs"), findings);
    require(workflow.root(), "on", findings);
    require(workflow.root(), "jobs", findings);
    events(workflow, findings);
    concurrency(workflow.root(), findings);
    for (Workflow.Job job : workflow.jobs()) {
      job(job, findings);
      job.steps().forEach(step -> step(step, findings));
    }
  }

  private static void events(Workflow workflow, Findings findings) {
    Optional<YamlNode> on = Yaml.at(workflow.root(), "on");
    Yaml.oneOrMany(on).forEach(event -> event(event.at(), event.text(), findings));
    Yaml.each(on, (name, entry) -> event(entry.keyAt(), name, findings));
  }

  private static void event(Origin at, String name, Findings findings) {
    if (!EVENTS.contains(name)) {
      findings.error(
          at, "unknown-event", "no event '" + name + "'" + DidYouMean.hint(name, EVENTS));
    }
  }

  private static void job(Workflow.Job job, Findings findings) {
    if (!(job.body() instanceof Mapping)) {
      findings.error(job.at(), MISSING, "job '" + job.id() + "' has no keys");
      return;
    }
    if (!job.id().matches("[A-Za-z_][\\w-]*")) {
      findings.error(
          job.at(), "bad-name", "a job's id has letters, digits, '-' and '_', from a letter on");
    }
    known(job.body(), JOB, findings);
    Yaml.at(job.body(), "strategy").ifPresent(node -> known(node, STRATEGY, findings));
    Yaml.at(job.body(), "environment")
        .ifPresent(node -> {
          known(node, ENVIRONMENT, findings);
          requireIn(node, "name", findings);
        });
    concurrency(job.body(), findings);
    defaults(job.body(), findings);
    Yaml.at(job.body(), "runs-on").ifPresent(node -> known(node, RUNS_ON, findings));
    Yaml.at(job.body(), "container").ifPresent(node -> container(node, findings));
    Yaml.each(Yaml.at(job.body(), "services"), (_, entry) -> container(entry.value(), findings));
    if (!job.isCall()) {
      require(job.body(), "runs-on", findings);
      if (!(Yaml.at(job.body(), "steps").orElse(null) instanceof Items steps)
          || steps.values().isEmpty()) {
        findings.error(job.at(), MISSING, "job '" + job.id() + "' has no steps");
      }
    }
  }

  private static void defaults(YamlNode owner, Findings findings) {
    Optional<YamlNode> defaults = Yaml.at(owner, "defaults");
    defaults.ifPresent(node -> known(node, Set.of("run"), findings));
    defaults
        .flatMap(node -> Yaml.at(node, "run"))
        .ifPresent(node -> known(node, Set.of("shell", "working-directory"), findings));
  }

  private static void container(YamlNode container, Findings findings) {
    known(container, CONTAINER, findings);
    requireIn(container, "image", findings);
    Yaml.at(container, "credentials")
        .ifPresent(node -> known(node, Set.of("username", "password"), findings));
  }

  /** GitHub does not tell upper from lower case in them. */
  private static void twice(Optional<YamlNode> jobs, Findings findings) {
    Set<String> seen = new TreeSet<>();
    Yaml.each(
        jobs,
        (id, entry) -> {
          if (!seen.add(id.toLowerCase(Locale.ROOT))) {
            findings.error(entry.keyAt(), "bad-name", "two jobs have the id '" + id + "'");
          }
        });
  }

  private static void concurrency(YamlNode owner, Findings findings) {
    Optional<YamlNode> concurrency = Yaml.at(owner, "concurrency");
    concurrency.ifPresent(node -> known(node, CONCURRENCY, findings));
    concurrency
        .filter(Mapping.class::isInstance)
        .ifPresent(node -> require(node, "group", findings));
  }

  private static void step(Workflow.Step step, Findings findings) {
    if (!(step.body() instanceof Mapping)) {
      findings.error(step.at(), MISSING, "a step is a group of keys with `run` or `uses`");
      return;
    }
    known(step.body(), STEP, findings);
    boolean runs = Yaml.at(step.body(), "run").isPresent();
    boolean uses = Yaml.at(step.body(), "uses").isPresent();
    if (runs == uses) {
      findings.error(
          step.at(),
          MISSING,
          runs ? "a step has `run` or `uses`, not both" : "no `run`, no `uses`");
    }
    if (runs && Yaml.at(step.body(), "with").isPresent()) {
      findings.error(step.at(), RULE, "`with` is for `uses`; `run` takes `env`");
    }
  }

  private static void known(YamlNode node, Set<String> names, Findings findings) {
    Yaml.each(
        Optional.of(node),
        (key, entry) -> {
          if (!names.contains(key)) {
            findings.error(
                entry.keyAt(),
                RULE,
                "unknown key '" + key + "'" + DidYouMean.hint(key, new TreeSet<>(names)));
          }
        });
  }

  private static void require(YamlNode node, String key, Findings findings) {
    if (Yaml.at(node, key).filter(KnownKeys::says).isEmpty()) {
      findings.error(node.at(), MISSING, "`" + key + "` is missing");
    }
  }

  /** Of what may also be a single text. */
  private static void requireIn(YamlNode node, String key, Findings findings) {
    if (node instanceof Mapping) {
      require(node, key, findings);
    }
  }

  private static boolean says(YamlNode node) {
    return !(node instanceof Scalar scalar && scalar.kind() == YamlNode.Kind.NULL);
  }
}
