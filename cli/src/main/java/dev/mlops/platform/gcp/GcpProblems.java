package dev.mlops.platform.gcp;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Google's refusals mean to a user. */
final class GcpProblems {
  private static final Pattern PERMISSION = Pattern.compile("'?\\b([a-z]+\\.[\\w.]+\\.\\w+)'?");

  private GcpProblems() {}

  /**
   * @param deed what was to be done, such as "make the cluster mlops"
   */
  static MlopsException of(String deed, Fault fault) {
    String message = "Google does not let us " + deed;
    String why = fault.message();
    return switch (fault.kind()) {
      case UNAUTHENTICATED ->
          problem(
              Code.GCP_CREDENTIALS,
              "Google does not take these credentials",
              why,
              "gcloud auth application-default login",
              fault);
      case DENIED -> problem(Code.GCP_DENIED, message, why, grant(fault), fault);
      case DISABLED -> problem(Code.GCP_API_DISABLED, message, why, enable(fault), fault);
      case UNBILLED ->
          problem(
              Code.GCP_BILLING,
              message,
              why,
              "Set gcp.billingAccount, one of: gcloud billing accounts list",
              fault);
      case QUOTA ->
          problem(
              Code.GCP_QUOTA,
              message,
              why,
              "Ask for more in the console (IAM & Admin, Quotas), or lower gcp.cluster.nodes",
              fault);
      case BUSY, STALE, UNSEEN, THROTTLED, UNAVAILABLE ->
          problem(
              Code.GCP_UNAVAILABLE,
              "Google was not ready to " + deed,
              why,
              "Run the command again: it carries on where it stopped.",
              fault);
      case ABSENT, EXISTS, REJECTED ->
          problem(Code.GCP_REJECTED, message, why, "mlops plan", fault);
    };
  }

  /** In the project that is asked, which for a service account is the account's own. */
  private static String enable(Fault fault) {
    String api = fault.metadata().getOrDefault("service", "");
    String consumer = fault.metadata().getOrDefault("consumer", "").replaceFirst("projects/", "");
    return api.isEmpty() || consumer.isEmpty()
        ? "mlops provision --only apis"
        : "gcloud services enable " + api + " --project=" + consumer;
  }

  private static String grant(Fault fault) {
    Matcher permission = PERMISSION.matcher(fault.message());
    return permission.find()
        ? "Ask for a role with " + permission.group(1) + ", or run: mlops doctor"
        : "mlops doctor";
  }

  private static MlopsException problem(
      Code code, String message, String why, String next, Fault fault) {
    return fault.cause().isPresent()
        ? code.problem(message, why, next, fault.cause().get())
        : code.problem(message, why, next);
  }
}
