package dev.mlops.ci;

import dev.mlops.config.DidYouMean;
import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Inputs of the actions that nearly every workflow has: what they can't do without, and names that
 * are nearly one of theirs. A later version may take more, so any other name is let pass.
 */
final class ActionInputs implements Rule {
  /** What an action takes; the names before the bar it can't do without. */
  private static final Map<String, String> TAKES =
      Map.of(
          "actions/checkout",
              "| repository ref token ssh-key ssh-known-hosts ssh-strict ssh-user"
                  + " persist-credentials path clean filter sparse-checkout"
                  + " sparse-checkout-cone-mode fetch-depth fetch-tags show-progress lfs submodules"
                  + " set-safe-directory github-server-url",
          "actions/setup-java",
              "distribution | java-version java-version-file java-package architecture jdkFile"
                  + " check-latest server-id server-username server-password settings-path"
                  + " overwrite-settings gpg-private-key gpg-passphrase cache"
                  + " cache-dependency-path job-status token mvn-toolchain-id"
                  + " mvn-toolchain-vendor",
          "actions/cache",
              "path key | restore-keys upload-chunk-size enableCrossOsArchive fail-on-cache-miss"
                  + " lookup-only save-always",
          "actions/upload-artifact",
              "path | name if-no-files-found retention-days compression-level overwrite"
                  + " include-hidden-files",
          "actions/download-artifact",
              "| name artifact-ids path pattern merge-multiple github-token repository run-id",
          "google-github-actions/auth",
              "| project_id workload_identity_provider service_account audience credentials_json"
                  + " create_credentials_file export_environment_variables token_format delegates"
                  + " universe request_reason cleanup_credentials access_token_lifetime"
                  + " access_token_scopes access_token_subject id_token_audience"
                  + " id_token_include_email");

  private static final Map<String, List<String>> OUTPUTS =
      Map.of(
          "actions/checkout", List.of("ref", "commit"),
          "actions/cache", List.of("cache-hit"));

  @Override
  public void check(Workflow workflow, Findings findings) {
    for (Workflow.Job job : workflow.jobs()) {
      for (Workflow.Step step : job.steps()) {
        step.uses().ifPresent(uses -> inputs(uses, step, findings));
      }
      outputs(job, findings);
    }
  }

  private static void inputs(Scalar uses, Workflow.Step step, Findings findings) {
    String takes = TAKES.get(step.action().orElseThrow());
    if (takes == null) {
      return;
    }
    var with = step.inputs();
    List<String> known = List.of(takes.replace("| ", "").split(" ", -1));
    Yaml.each(
        with,
        (name, entry) -> {
          Optional<String> meant = DidYouMean.nearest(name, known);
          if (meant.isPresent() && known.stream().noneMatch(name::equalsIgnoreCase)) {
            findings.warning(
                entry.keyAt(),
                "unknown-key",
                "no input '" + name + "' of this action; did you mean '" + meant.get() + "'?");
          }
        });
    for (String name : takes.replaceFirst("\\|.*", "").strip().split(" ", -1)) {
      if (!name.isEmpty() && with.flatMap(node -> Yaml.at(node, name)).isEmpty()) {
        findings.error(uses.at(), "missing-key", "`" + name + "` of this action is missing");
      }
    }
  }

  private static void outputs(Workflow.Job job, Findings findings) {
    for (Workflow.Step step : job.steps()) {
      List<String> known = step.action().map(OUTPUTS::get).orElse(null);
      if (known == null || step.id().isEmpty()) {
        continue;
      }
      String before = "steps." + step.id().orElseThrow().toLowerCase(Locale.ROOT) + ".outputs.";
      job.steps().stream()
          .map(Workflow.Step::body)
          .flatMap(ActionInputs::expressions)
          .flatMap(Expression::references)
          .filter(reference -> reference.text().startsWith(before))
          .forEach(reference -> {
            String name = reference.text().substring(before.length());
            if (!known.contains(name) && DidYouMean.nearest(name, known).isPresent()) {
              findings.warning(
                  reference.at(),
                  "unknown-reference",
                  "`" + reference.text() + "`" + DidYouMean.hint(name, known));
            }
          });
    }
  }

  private static Stream<Expression> expressions(YamlNode step) {
    List<Expression> all = new ArrayList<>();
    Yaml.each(Optional.of(step), (key, entry) -> all.addAll(Expressions.under(key, entry.value())));
    return all.stream();
  }
}
