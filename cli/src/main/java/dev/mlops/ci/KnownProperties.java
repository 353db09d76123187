package dev.mlops.ci;

import dev.mlops.config.DidYouMean;
import dev.mlops.config.YamlNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Properties that a context does not have: GitHub makes empty text of them, without a word.
 *
 * @see <a href="https://docs.github.com/actions/reference/workflows-and-actions/contexts">
 *     Contexts</a>
 */
final class KnownProperties implements Rule {
  private static final String RULE = "unknown-reference";
  private static final List<String> GITHUB =
      List.of(
          ("action action_path action_ref action_repository action_status actor actor_id api_url"
                  + " artifact_cache_size_limit base_ref env event event_name event_path graphql_url"
                  + " head_ref job job_workflow_sha output path ref ref_name ref_protected ref_type"
                  + " repository repository_id repository_owner repository_owner_id"
                  + " repository_visibility repositoryurl retention_days run_attempt run_id"
                  + " run_number secret_source server_url sha state step_summary token"
                  + " triggering_actor workflow workflow_ref workflow_sha workspace")
              .split(" ", -1));

  private static final Map<String, List<String>> PROPERTIES =
      Map.of(
          "github", GITHUB,
          "runner",
              List.of(
                  "arch", "debug", "environment", "name", "os", "temp", "tool_cache", "workspace"),
          "job",
              List.of(
                  "check_run_id",
                  "container",
                  "services",
                  "status",
                  "workflow_file_path",
                  "workflow_ref",
                  "workflow_repository",
                  "workflow_sha"),
          "strategy", List.of("fail-fast", "job-index", "job-total", "max-parallel"));

  private static final List<String> OF_STEP = List.of("outputs", "outcome", "conclusion");
  private static final List<String> OF_NEED = List.of("outputs", "result");

  @Override
  public void check(Workflow workflow, Findings findings) {
    Set<String> inputs = inputs(workflow);
    Yaml.each(
        Optional.of(workflow.root()),
        (key, entry) ->
            Expressions.under(key, entry.value())
                .forEach(expression ->
                    expression
                        .references()
                        .forEach(reference -> check(workflow, inputs, reference, findings))));
    conditions(workflow, inputs, findings);
  }

  /** Which need no braces, and so are found at their places only. */
  private static void conditions(Workflow workflow, Set<String> inputs, Findings findings) {
    for (Workflow.Job job : workflow.jobs()) {
      condition(workflow, inputs, job.body(), findings);
      job.steps().forEach(step -> condition(workflow, inputs, step.body(), findings));
    }
  }

  private static void condition(
      Workflow workflow, Set<String> inputs, YamlNode owner, Findings findings) {
    Yaml.scalar(owner, "if").stream()
        .flatMap(condition -> Expression.condition(condition).stream())
        .flatMap(Expression::references)
        .forEach(reference -> check(workflow, inputs, reference, findings));
  }

  private static void check(
      Workflow workflow, Set<String> inputs, Expression.Reference reference, Findings findings) {
    List<String> path = reference.path();
    if (path.size() < 2 || path.contains("*")) {
      return;
    }
    Optional.ofNullable(PROPERTIES.get(path.getFirst()))
        .ifPresent(known -> known(reference, path.get(1), known, findings));
    if (path.getFirst().equals("inputs")) {
      known(reference, path.get(1), inputs, findings);
    }
    if (path.getFirst().equals("secrets")) {
      secrets(workflow).ifPresent(declared -> known(reference, path.get(1), declared, findings));
    }
    if (reference.text().startsWith("github.event.inputs.") && isDispatchedOnly(workflow)) {
      known(reference, path.get(3), inputs, findings);
    }
    if (path.getFirst().equals("jobs")) {
      known(reference, path.get(1), ids(workflow), findings);
    }
    boolean isDeep = path.size() > 2;
    if (isDeep && path.getFirst().equals("steps")) {
      known(reference, path.get(2), OF_STEP, findings);
    } else if (isDeep && Set.of("needs", "jobs").contains(path.getFirst())) {
      known(reference, path.get(2), OF_NEED, findings);
      if (path.size() > 3 && path.get(2).equals("outputs")) {
        output(workflow, reference, findings);
      }
    }
  }

  /** Where another workflow calls, the event is that one's. */
  private static boolean isDispatchedOnly(Workflow workflow) {
    return workflow.events().contains("workflow_dispatch")
        && !workflow.events().contains("workflow_call");
  }

  /**
   * All that a called workflow gets, where it says what it wants to be given. An environment of a
   * job has secrets of its own, and other events the repository's.
   */
  private static Optional<Set<String>> secrets(Workflow workflow) {
    boolean others =
        workflow.jobs().stream().anyMatch(job -> Yaml.at(job.body(), "environment").isPresent());
    if (others || !workflow.events().equals(Set.of("workflow_call"))) {
      return Optional.empty();
    }
    return Yaml.at(workflow.root(), "on")
        .flatMap(on -> Yaml.at(on, "workflow_call"))
        .flatMap(call -> Yaml.at(call, "secrets"))
        .map(secrets -> {
          Set<String> names = new TreeSet<>(Set.of("github_token"));
          Yaml.each(Optional.of(secrets), (name, _) -> names.add(name.toLowerCase(Locale.ROOT)));
          return names;
        });
  }

  private static Set<String> ids(Workflow workflow) {
    Set<String> ids = new TreeSet<>();
    workflow.jobs().forEach(job -> ids.add(job.id().toLowerCase(Locale.ROOT)));
    return ids;
  }

  /** What the job that is waited for gives; of a workflow that is called, only that one knows. */
  private static void output(Workflow workflow, Expression.Reference reference, Findings findings) {
    workflow.jobs().stream()
        .filter(job -> job.id().equalsIgnoreCase(reference.path().get(1)))
        .filter(job -> !job.isCall())
        .findFirst()
        .ifPresent(job -> {
          Set<String> outputs = new TreeSet<>();
          Yaml.each(
              Yaml.at(job.body(), "outputs"),
              (name, _) -> outputs.add(name.toLowerCase(Locale.ROOT)));
          known(reference, reference.path().get(3), outputs, findings);
        });
  }

  private static void known(
      Expression.Reference reference, String name, Collection<String> known, Findings findings) {
    if (!known.contains(name)) {
      findings.error(
          reference.at(),
          RULE,
          "`" + reference.text() + "`: there is no '" + name + "'" + DidYouMean.hint(name, known));
    }
  }

  /** Names of the inputs that the events declare. */
  private static Set<String> inputs(Workflow workflow) {
    Set<String> names = new TreeSet<>();
    Yaml.each(
        Yaml.at(workflow.root(), "on"),
        (_, event) ->
            Yaml.each(
                Yaml.at(event.value(), "inputs"),
                (name, _) -> names.add(name.toLowerCase(Locale.ROOT))));
    return names;
  }
}
