package dev.mlops.ci;

import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Entry;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A cloud is entered with a token of this run (OIDC), not with a key that stays valid. */
final class NoStaticKeys implements Rule {
  private static final String RULE = "static-key";

  /** Inputs of actions, and variables, that carry a key of a cloud; with what to use instead. */
  private static final Map<String, String> KEYS =
      Map.of(
          "credentials_json", "`workload_identity_provider`",
          "service_account_key", "`workload_identity_provider`",
          "google_credentials", "`workload_identity_provider` of google-github-actions/auth",
          "aws-access-key-id", "`role-to-assume`",
          "aws-secret-access-key", "`role-to-assume`",
          "aws_access_key_id", "`role-to-assume` of aws-actions/configure-aws-credentials",
          "aws_secret_access_key", "`role-to-assume` of aws-actions/configure-aws-credentials",
          "azure_client_secret", "federated credentials of azure/login",
          "creds", "`client-id`, `tenant-id` and `subscription-id` of azure/login",
          "kubeconfig", "`mlops ci login`, or the login of the cluster's cloud");

  /** Names that people give such keys among the repository's secrets. */
  private static final Pattern SECRET =
      Pattern.compile(
          ".*(aws_secret_access_key|aws_access_key|service_account|sa_key|gcp_key|gcp_credentials"
              + "|gcp_sa|gke_key|google_credentials|google_application_credentials|gcloud_auth"
              + "|gcloud_key|azure_credentials|azure_client_secret|arm_client_secret|kubeconfig"
              + "|kube_config|kube_token|k8s_token).*");

  /** Beginnings of keys that somebody has written into the file itself. */
  private static final Pattern IN_PLAIN =
      Pattern.compile(
          "-----BEGIN [A-Z ]*PRIVATE KEY|\\bA(KIA|SIA)[0-9A-Z]{16}\\b|\\bgh[pousr]_[A-Za-z0-9]{36}"
              + "|\\bgithub_pat_\\w{20,}|\"private_key\"\\s*:|client-key-data:\\s*\\w{20,}"
              + "|\\bAIza[\\w-]{35}\\b");

  @Override
  public void check(Workflow workflow, Findings findings) {
    Expressions.each(
        workflow.root(),
        scalar -> {
          if (IN_PLAIN.matcher(scalar.text()).find()) {
            findings.error(scalar.at(), RULE, "a key stands in the file; revoke it");
          }
          Expression.in(scalar).stream()
              .flatMap(Expression::references)
              .filter(reference -> reference.context().equals("secrets"))
              .filter(reference -> SECRET.matcher(reference.text()).matches())
              .forEach(reference ->
                  findings.error(
                      reference.at(),
                      RULE,
                      "`"
                          + reference.text()
                          + "` is a key that stays valid, by its name; use this run's identity"
                          + " (`id-token: write`)"));
        });
    names(Yaml.at(workflow.root(), "env"), findings);
    for (Workflow.Job job : workflow.jobs()) {
      names(Yaml.at(job.body(), "env"), findings);
      for (Workflow.Step step : job.steps()) {
        names(Yaml.at(step.body(), "env"), findings);
        names(Yaml.at(step.body(), "with"), findings);
      }
    }
  }

  private static void names(Optional<YamlNode> values, Findings findings) {
    Yaml.each(values, (name, entry) -> name(name, entry, findings));
  }

  private static void name(String name, Entry entry, Findings findings) {
    String instead = KEYS.get(name.toLowerCase(Locale.ROOT));
    if (instead != null) {
      findings.error(
          entry.keyAt(), RULE, "`" + name + "` is a key that stays valid; use " + instead);
    }
  }
}
