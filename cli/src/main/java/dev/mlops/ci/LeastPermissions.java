package dev.mlops.ci;

import dev.mlops.config.DidYouMean;
import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Scalar;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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

  /** Rights with which the whole repository can be changed: one job may need them, not all. */
  private static final Set<String> FAR_REACHING = Set.of("contents", "actions", "packages");

  @Override
  public void check(Workflow workflow, Findings findings) {
    Optional<YamlNode> top = Yaml.at(workflow.root(), "permissions");
    top.ifPresent(node -> {
      levels(node, findings);
      tooWide(node, findings);
    });
    for (Workflow.Job job : workflow.jobs()) {
      Optional<YamlNode> own = Yaml.at(job.body(), "permissions");
      own.ifPresent(node -> levels(node, findings));
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
          }
        });
  }

  private static void tooWide(YamlNode permissions, Findings findings) {
    Yaml.each(
        Optional.of(permissions),
        (scope, entry) -> {
          boolean writes = entry.value() instanceof Scalar level && level.text().equals("write");
          if (writes && FAR_REACHING.contains(scope)) {
            findings.warning(
                entry.keyAt(),
                RULE,
                scope + ": write for every job; give it to the one that needs it");
          }
        });
  }
}
