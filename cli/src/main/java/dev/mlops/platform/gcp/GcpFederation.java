package dev.mlops.platform.gcp;

import com.google.api.services.iam.v1.model.WorkloadIdentityPoolProvider;
import com.google.iam.v1.Policy;
import dev.mlops.platform.Federation;
import dev.mlops.platform.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether Google would exchange a run's token and let it act as the account: the provider's own
 * condition and mapping, and the account's own policy, read as they stand.
 *
 * @see <a href="https://cloud.google.com/iam/docs/workload-identity-federation">Workload Identity
 *     Federation</a>
 */
record GcpFederation(Site site, PoolProvider provider) implements Federation {
  private static final String NEXT = "mlops provision --only ci-identity";
  private static final String ROLE = "roles/iam.workloadIdentityUser";

  /** One part of a condition such as ours; anything else is not guessed at. */
  private static final Pattern TERM =
      Pattern.compile("\\s*\\(?\\s*([\\w.]+)\\s*==\\s*(?:'([^']*)'|\"([^\"]*)\")\\s*\\)?\\s*");

  private static final Pattern MEMBER =
      Pattern.compile(
          "principal(?:Set)?://iam\\.googleapis\\.com/(projects/[^/]+/locations/global/"
              + "workloadIdentityPools/[^/]+)/(?:subject/(?<subject>.+)"
              + "|attribute\\.(?<attribute>[^/]+)/(?<value>.+)|(?<all>\\*))");

  @Override
  public Verdict judge(Claims claims) throws InterruptedException {
    Optional<WorkloadIdentityPoolProvider> found = provider.find();
    if (found.isEmpty() || !Pool.isActive(found.get().getState())) {
      return new Verdict.Refused(List.of("nobody: there is no provider"), NEXT);
    }
    String issuer = found.get().getOidc() == null ? "" : found.get().getOidc().getIssuerUri();
    if (!claims.issuer().equals(issuer)) {
      return new Verdict.Refused(List.of("tokens of " + issuer), NEXT);
    }
    String condition = Optional.ofNullable(found.get().getAttributeCondition()).orElse("");
    var view = new View(claims, found.get().getAttributeMapping());
    for (String part : condition.isBlank() ? new String[0] : condition.split("&&", -1)) {
      Matcher term = TERM.matcher(part);
      if (!term.matches()) {
        return new Verdict.Untold("the provider's condition is somebody's own: " + condition);
      }
      String wanted = term.group(2) == null ? term.group(3) : term.group(2);
      if (!wanted.equals(view.value(term.group(1)))) {
        return new Verdict.Refused(List.of(term.group(1) + " == '" + wanted + "'"), NEXT);
      }
    }
    return members(view);
  }

  /** The provider is bound to the repository, not to single runs of it. */
  @Override
  public Optional<Resource> admission(List<Claims> runs) {
    return site.settings().github().isPresent()
        ? Optional.of(new CiIdentity(site))
        : Optional.empty();
  }

  @Override
  public Map<String, String> variables() throws InterruptedException {
    return Map.of(
        "GCP_WORKLOAD_IDENTITY_PROVIDER",
        site.poolName() + "/providers/" + PoolProvider.ID,
        "GCP_SERVICE_ACCOUNT",
        CiIdentity.account(site).email());
  }

  private Verdict members(View view) throws InterruptedException {
    Policy policy =
        AccessPolicy.of(CiIdentity.account(site)).find().orElse(Policy.getDefaultInstance());
    String pool = site.poolName();
    List<String> expected = new ArrayList<>();
    for (var binding : policy.getBindingsList()) {
      if (!binding.getRole().equals(ROLE)) {
        continue;
      }
      for (String member : binding.getMembersList()) {
        Matcher parts = MEMBER.matcher(member);
        if (parts.matches() && parts.group(1).equals(pool)) {
          if (view.isMeant(parts)) {
            return new Verdict.Admitted(member.substring(member.indexOf(pool) + pool.length() + 1));
          }
          expected.add(member.substring(member.indexOf(pool) + pool.length() + 1));
        }
      }
    }
    return new Verdict.Refused(expected, NEXT);
  }

  /**
   * Claims as the provider's mapping shows them.
   *
   * @param mapping such as {@code google.subject} to {@code assertion.sub}
   */
  private record View(Claims claims, Map<String, String> mapping) {
    /** Null for what is not there. */
    String value(String name) {
      if (name.startsWith("assertion.")) {
        return claims.all().get(name.substring("assertion.".length()));
      }
      String mapped = mapping == null ? null : mapping.get(name);
      return mapped == null || !mapped.startsWith("assertion.") ? null : value(mapped);
    }

    boolean isMeant(Matcher member) {
      if (member.group("all") != null) {
        return true;
      }
      return member.group("subject") != null
          ? member.group("subject").equals(value("google.subject"))
          : member.group("value").equals(value("attribute." + member.group("attribute")));
    }
  }
}
