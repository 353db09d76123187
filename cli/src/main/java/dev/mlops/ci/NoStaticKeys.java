package dev.mlops.ci;

import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Entry;
import dev.mlops.config.YamlNode.Scalar;
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
          ".*(aws_secret|aws_access_key|service_account|sa_key|gcp_key|gcp_credentials|gcp_sa"
              + "|gke_key|google_credentials|google_application_credentials|gcloud_auth"
              + "|(gcp|gke|gcloud|google)_\\w*(json|service_key)|gcloud_key|azure_credentials"
              + "|azure_\\w*(password|secret)|arm_client_secret|kubeconfig|kube_config"
              + "|(kube|k8s)_\\w*token).*");

  /** Commands that log in by such a key. */
  private static final Map<String, String> COMMANDS =
      Map.of(
          "gcloud\\s+auth\\s+activate-service-account", "google-github-actions/auth",
          "aws\\s+configure\\s+set\\s+aws_(access_key_id|secret_access_key)",
              "aws-actions/configure-aws-credentials with `role-to-assume`",
          "az\\s+login\\b(?![^\\n]*--federated-token)[^\\n]*\\s(-p|--password)\\b", "azure/login",
          "kubectl\\s+config\\s+set-credentials\\b[^\\n]*--(token|password|client-key)",
              "`mlops ci login`, or the login of the cluster's cloud",
          "\\b(AWS_SECRET_ACCESS_KEY|AZURE_CLIENT_SECRET|ARM_CLIENT_SECRET)=['\"]?[\\w$/+~.-]",
              "this run's identity (`id-token: write`)");

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
        step.run().ifPresent(run -> commands(run, findings));
        registry(step, findings);
        names(Yaml.at(step.body(), "env"), findings);
        names(step.inputs(), findings);
      }
    }
  }

  private static void commands(Scalar run, Findings findings) {
    COMMANDS.forEach((command, instead) -> {
      if (Pattern.compile(command).matcher(run.text()).find()) {
        findings.error(
            run.at(), RULE, "the script logs in by a key that stays valid; use " + instead);
      }
    });
  }

  /** Google's registries take a key of a service account as a password, by these names. */
  private static void registry(Workflow.Step step, Findings findings) {
    step.input("username")
        .filter(name -> name.text().matches("_json_key(_base64)?"))
        .ifPresent(name ->
            findings.error(
                name.at(),
                RULE,
                "`"
                    + name.text()
                    + "` goes with a key that stays valid; use `oauth2accesstoken` and the token"
                    + " of google-github-actions/auth"));
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
