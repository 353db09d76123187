package dev.mlops.ci;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * How GitHub's tokens name the runs of a repository. New, renamed and transferred repositories have
 * a form with the ids of owner and repository in it, and GitHub tells which form it sends.
 *
 * @param prefix such as {@code repo:owner/name} or {@code repo:owner@1/name@2}
 * @param isCustom whether somebody has composed the subject of other claims
 * @see <a href="https://docs.github.com/rest/actions/oidc">The subject claim of a repository</a>
 */
record Subjects(String prefix, boolean isCustom) {
  static Subjects of(GitHub github) throws InterruptedException {
    JsonNode found = github.get("/actions/oidc/customization/sub");
    String plain = "repo:" + github.repository();
    return new Subjects(
        found.path("sub_claim_prefix").asText(plain), !found.path("use_default").asBoolean(true));
  }

  /** What a job of this environment is called. */
  String ofEnvironment(String environment) {
    return prefix + ":environment:" + environment;
  }

  /** Both forms, the one that is sent first: a cloud that takes both survives a renaming. */
  List<String> bothForms(String repository, String environment) {
    List<String> forms = new ArrayList<>(List.of(ofEnvironment(environment)));
    String plain = "repo:" + repository + ":environment:" + environment;
    if (!forms.contains(plain)) {
      forms.add(plain);
    }
    return forms;
  }
}
