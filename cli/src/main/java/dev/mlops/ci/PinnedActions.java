package dev.mlops.ci;

import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Scalar;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Foreign code is named by what it is, not by a name that can be moved: an action by its commit, an
 * image by its digest.
 */
final class PinnedActions implements Rule {
  private static final String RULE = "unpinned-action";
  private static final Pattern COMMIT = Pattern.compile("[\\w.-]+/[\\w./-]+@[0-9a-f]{40}");
  private static final Pattern DIGEST = Pattern.compile("docker://.+@sha256:[0-9a-f]{64}");

  private static final Pattern RUNS_WHAT_COMES =
      Pattern.compile("\\b(curl|wget)\\b[^\\n|;]*\\|\\s*(sudo\\s+(-\\w+\\s+)*)?(ba|z|da)?sh\\b");

  private static final Pattern INSTALLS_ANY =
      Pattern.compile("\\bnpm\\s+(i|install|add)\\s+(-g|--global)\\s+(@[\\w.-]+/)?[\\w.-]+(\\s|$)");

  @Override
  public void check(Workflow workflow, Findings findings) {
    workflow.jobs().stream()
        .flatMap(job ->
            Stream.concat(
                Yaml.scalar(job.body(), "uses").stream(),
                job.steps().stream().flatMap(step -> step.uses().stream())))
        .forEach(uses -> check(uses, findings));
    for (Workflow.Job job : workflow.jobs()) {
      job.steps().forEach(step -> step.run().ifPresent(run -> script(run, findings)));
      Yaml.at(job.body(), "container").ifPresent(container -> image(container, findings));
      Yaml.each(Yaml.at(job.body(), "services"), (_, service) -> image(service.value(), findings));
    }
  }

  private static void script(Scalar run, Findings findings) {
    if (RUNS_WHAT_COMES.matcher(run.text()).find()) {
      findings.warning(
          run.at(),
          RULE,
          "what comes from the net is run unseen; hold it against a checksum first");
    }
    if (INSTALLS_ANY.matcher(run.text()).find()) {
      findings.warning(run.at(), RULE, "`npm install -g` takes any version; name one: NAME@1.2.3");
    }
  }

  /** Of a container that a job runs in or beside; an expression's is not known. */
  private static void image(YamlNode container, Findings findings) {
    Optional<Scalar> image =
        container instanceof Scalar name ? Optional.of(name) : Yaml.scalar(container, "image");
    image
        .filter(name -> !name.text().isEmpty() && !name.text().contains("${{"))
        .filter(name -> !name.text().matches("(docker://)?.+@sha256:[0-9a-f]{64}"))
        .ifPresent(name ->
            findings.error(
                name.at(), RULE, "name the image by its digest, not `" + name.text() + "`"));
  }

  private static void check(Scalar uses, Findings findings) {
    String text = uses.text();
    if (text.startsWith("./") || COMMIT.matcher(text).matches()) {
      return;
    }
    if (text.startsWith("docker://")) {
      if (!DIGEST.matcher(text).matches()) {
        findings.error(uses.at(), RULE, "name the image by its digest, not `" + text + "`");
      }
    } else if (!text.contains("@")) {
      findings.error(uses.at(), RULE, "`" + text + "` names no version");
    } else {
      findings.error(
          uses.at(),
          RULE,
          "`"
              + text
              + "` can be moved to other code; name the commit, with the version beside it as a"
              + " comment");
    }
  }
}
