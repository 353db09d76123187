package dev.mlops.ci;

import dev.mlops.config.DidYouMean;
import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Scalar;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the job's token may do is said, job by job, and is not more than it needs. */
final class LeastPermissions implements Rule {
  private static final String RULE = "permissions";

  private static final Set<String> SCOPES =
      Set.of(
          "actions",
          "artifact-metadata",
          "attestations",
          "checks",
          "contents",
          "deployments",
          "discussions",
          "id-token",
          "issues",
          "models",
          "packages",
          "pages",
          "pull-requests",
          "repository-projects",
          "security-events",
          "statuses");

  private static final Set<String> LEVELS = Set.of("read", "write", "none");

  /** Rights with which the whole repository can be changed. */
  private static final Set<String> FAR_REACHING = Set.of("contents", "actions", "packages");

  /** Actions that need nothing but to read. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "actions/(checkout|setup-[a-z]+|cache|upload-artifact|download-artifact)[@/].*"
              + "|google-github-actions/(auth|setup-gcloud|get-gke-credentials)@.*"
              + "|aws-actions/configure-aws-credentials@.*|azure/login@.*");

  private static final Pattern LOGIN =
      Pattern.compile(
          "(google-github-actions/auth|aws-actions/configure-aws-credentials|azure/login)@.*");

  private static final Pattern API =
      Pattern.compile("mlops|\\bgh\\b|api\\.github|GITHUB_API_URL|[Tt]oken|TOKEN");

  /** What a script that has a use for the right to write has in it. */
  private static final Map<String, Pattern> USES =
      Map.of(
          "contents",
          Pattern.compile(
              "\\bgit\\s+(push|tag)|\\bgh\\b|api\\.github|GITHUB_API_URL|[Tt]oken|TOKEN"),
          "id-token",
          Pattern.compile("mlops|cosign|sigstore|ID_TOKEN|npm publish|--provenance|twine|oidc"),
          "packages",
          Pattern.compile("mlops|ghcr|docker|push|publish|deploy|\\bgh\\b"),
          "pull-requests",
          API,
          "issues",
          API,
          "deployments",
          API,
          "statuses",
          API,
          "checks",
          API);

  @Override
  public void check(Workflow workflow, Findings findings) {
    Optional<YamlNode> top = Yaml.at(workflow.root(), "permissions");
    top.ifPresent(node -> {
      levels(node, findings);
      tooWide(node, workflow.jobs().size() > 1, findings);
    });
    for (Workflow.Job job : workflow.jobs()) {
      Optional<YamlNode> own = Yaml.at(job.body(), "permissions");
      own.ifPresent(node -> {
        levels(node, findings);
        unused(job, node, findings);
      });
      if (top.isEmpty() && own.isEmpty()) {
        findings.error(
            job.at(),
            RULE,
            "job '"
                + job.id()
                + "' says no `permissions`, so its token may do what the repository's default is");
      }
    }
  }

  /**
   * Rights that no step can have a use for. What an action does that is not known here may be
   * anything, so of its job nothing is said.
   */
  private static void unused(Workflow.Job job, YamlNode permissions, Findings findings) {
    boolean known =
        job.steps().stream()
            .flatMap(step -> step.uses().stream())
            .allMatch(uses -> HARMLESS.matcher(uses.text()).matches());
    String scripts =
        job.steps().stream()
            .map(Workflow.Step::body)
            .filter(step -> Yaml.at(step, "run").isPresent())
            .map(step -> Yaml.text(step, "run").orElse(""))
            .collect(Collectors.joining("\n"));
    if (job.isCall() || !known) {
      return;
    }
    Yaml.each(
        Optional.of(permissions),
        (scope, entry) -> {
          Pattern use = USES.get(scope);
          boolean writes = entry.value() instanceof Scalar level && level.text().equals("write");
          boolean isUsed = use == null || use.matcher(scripts).find() || isLogin(job, scope);
          if (writes && !isUsed) {
            findings.warning(
                entry.keyAt(), RULE, scope + ": write, and no step of the job has a use for it");
          }
        });
  }

  private static boolean isLogin(Workflow.Job job, String scope) {
    return scope.equals("id-token")
        && job.steps().stream()
            .filter(step -> step.uses().filter(u -> LOGIN.matcher(u.text()).matches()).isPresent())
            .anyMatch(step ->
                step.inputs()
                    .filter(with -> Yaml.at(with, "credentials_json").isEmpty())
                    .isPresent());
  }

  private static void levels(YamlNode permissions, Findings findings) {
    if (permissions instanceof Scalar all && !all.text().isEmpty()) {
      switch (all.text()) {
        case "read-all" -> {}
        case "write-all" ->
            findings.error(all.at(), RULE, "write-all gives every right; name the ones needed");
        default -> findings.error(all.at(), RULE, "expected read-all or the rights, by name");
      }
    }
    Yaml.each(
        Optional.of(permissions),
        (scope, entry) -> {
          if (!SCOPES.contains(scope)) {
            findings.error(
                entry.keyAt(),
                RULE,
                "no right '" + scope + "'" + DidYouMean.hint(scope, new TreeSet<>(SCOPES)));
          }
          if (entry.value() instanceof Scalar level && !LEVELS.contains(level.text())) {
            findings.error(level.at(), RULE, "expected read, write or none");
          } else if (scope.equals("id-token")
              && entry.value() instanceof Scalar level
              && level.text().equals("read")) {
            findings.error(level.at(), RULE, "there is no reading of id-token: write or none");
          }
        });
  }

  /** One job may need it, not all. */
  private static void tooWide(YamlNode permissions, boolean many, Findings findings) {
    Yaml.each(
        Optional.of(permissions),
        (scope, entry) -> {
          boolean writes = entry.value() instanceof Scalar level && level.text().equals("write");
          if (writes && (many || FAR_REACHING.contains(scope))) {
            findings.warning(
                entry.keyAt(),
                RULE,
                scope + ": write for every job; give it to the one that needs it");
          }
        });
  }
}
