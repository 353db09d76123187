package dev.mlops.ci;

import dev.mlops.config.DidYouMean;
import dev.mlops.config.Origin;
import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Mapping;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Keys, events and ids that GitHub knows, and the ones that it can't do without. */
final class KnownKeys implements Rule {
  private static final String BAD_NAME = "bad-name";
  private static final String NAME = "[A-Za-z_][\\w-]*";

  static final Set<String> EVENTS =
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
    WorkflowShape.WORKFLOW.check(workflow.root(), findings);
    events(workflow, findings);
    jobs(workflow, findings);
    for (Workflow.Job job : workflow.jobs()) {
      job(job, findings);
      job.steps().forEach(step -> step(step, findings));
    }
  }

  private static void events(Workflow workflow, Findings findings) {
    Optional<YamlNode> on = Yaml.at(workflow.root(), "on");
    Yaml.oneOrMany(on).stream()
        .filter(event -> event.kind() != YamlNode.Kind.NULL)
        .forEach(event -> event(event.at(), event.text(), findings));
    Yaml.each(on, (name, entry) -> event(entry.keyAt(), name, findings));
  }

  private static void event(Origin at, String name, Findings findings) {
    if (!EVENTS.contains(name)) {
      findings.error(
          at, "unknown-event", "no event '" + name + "'" + DidYouMean.hint(name, EVENTS));
    }
  }

  private static void jobs(Workflow workflow, Findings findings) {
    Optional<YamlNode> jobs = Yaml.at(workflow.root(), "jobs");
    jobs.filter(Mapping.class::isInstance)
        .filter(_ -> workflow.jobs().isEmpty())
        .ifPresent(none -> findings.error(none.at(), Shape.MISSING, "there is no job"));
    twice(jobs, findings);
  }

  private static void job(Workflow.Job job, Findings findings) {
    if (!(job.body() instanceof Mapping)) {
      findings.error(job.at(), Shape.MISSING, "job '" + job.id() + "' has no keys");
      return;
    }
    name(job.at(), "a job's id", job.id(), findings);
    if (job.isCall()) {
      WorkflowShape.CALL.check(job.body(), findings);
      secrets(job, findings);
      return;
    }
    WorkflowShape.JOB.check(job.body(), findings);
    Optional<YamlNode> steps = Yaml.at(job.body(), "steps");
    if (job.steps().isEmpty()) {
      findings.error(
          steps.map(YamlNode::at).orElse(job.at()),
          Shape.MISSING,
          "job '" + job.id() + "' has no steps" + (steps.isEmpty() ? "" : ": they are a list"));
    }
  }

  private static void secrets(Workflow.Job job, Findings findings) {
    Yaml.scalar(job.body(), "secrets")
        .filter(secrets -> !secrets.text().equals("inherit"))
        .ifPresent(secrets ->
            findings.error(
                secrets.at(),
                Shape.WRONG,
                "expected inherit or the secrets, by name, not " + secrets.describe()));
  }

  /** GitHub does not tell upper from lower case in them. */
  private static void twice(Optional<YamlNode> jobs, Findings findings) {
    Set<String> seen = new TreeSet<>();
    Yaml.each(
        jobs,
        (id, entry) -> {
          if (!seen.add(id.toLowerCase(Locale.ROOT))) {
            findings.error(entry.keyAt(), BAD_NAME, "two jobs have the id '" + id + "'");
          }
        });
  }

  private static void step(Workflow.Step step, Findings findings) {
    if (!(step.body() instanceof Mapping)) {
      findings.error(step.at(), Shape.MISSING, "a step is a group of keys with `run` or `uses`");
      return;
    }
    WorkflowShape.STEP.check(step.body(), findings);
    Yaml.scalar(step.body(), "id")
        .ifPresent(id -> name(id.at(), "a step's id", id.text(), findings));
    boolean runs = Yaml.at(step.body(), "run").isPresent();
    boolean uses = Yaml.at(step.body(), "uses").isPresent();
    if (runs == uses) {
      findings.error(
          step.at(),
          Shape.MISSING,
          runs ? "a step has `run` or `uses`, not both" : "no `run`, no `uses`");
    }
    if (runs && step.inputs().isPresent()) {
      findings.error(step.at(), Shape.UNKNOWN, "`with` is for `uses`; `run` takes `env`");
    }
  }

  private static void name(Origin at, String whose, String name, Findings findings) {
    if (!name.matches(NAME)) {
      findings.error(at, BAD_NAME, whose + " has letters, digits, '-' and '_', from a letter on");
    }
  }
}
