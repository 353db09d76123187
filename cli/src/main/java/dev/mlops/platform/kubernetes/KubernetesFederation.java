package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Federation;
import dev.mlops.platform.Resource;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A cluster whose API server takes GitHub's tokens knows each run as a user. Whether that one may
 * deploy is asked of the server's own access control, whoever has given the right, and how.
 *
 * @param manifests what the runs deploy
 * @param prefix what the server puts before a token's subject
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens">
 *     OpenID Connect tokens</a>
 */
record KubernetesFederation(Site site, Supplier<List<ObjectNode>> manifests, String prefix)
    implements Federation {
  private static final String NEXT = "mlops ci setup --write";

  @Override
  public Verdict judge(Claims claims) {
    if (claims.subject().isEmpty()) {
      return new Verdict.Untold("the repository composes its subject of other claims");
    }
    String user = prefix + claims.subject();
    try {
      List<String> missing = missing(new AccessReviews(site, Optional.of(user)));
      return missing.isEmpty()
          ? new Verdict.Admitted("user " + user)
          : new Verdict.Refused(
              List.of(
                  "users that may deploy in namespace "
                      + site.namespace()
                      + "; "
                      + user
                      + " may not "
                      + String.join(", ", missing)),
              NEXT);
    } catch (MlopsException e) {
      if (e.problem().code() == Code.KUBERNETES_FORBIDDEN) {
        return new Verdict.Untold(
            "only an administrator of the cluster may ask for others' rights");
      }
      throw e;
    }
  }

  private List<String> missing(AccessReviews reviews) {
    List<String> missing = new ArrayList<>();
    for (Right right : new RightsCheck(site, manifests.get()).needed()) {
      for (String verb : right.verbs()) {
        if (!reviews.allows(right, verb)) {
          missing.add(right.title(verb));
        }
      }
    }
    return missing;
  }

  @Override
  public Optional<Resource> admission(List<Claims> runs) {
    List<String> users =
        runs.stream()
            .map(Claims::subject)
            .filter(subject -> !subject.isEmpty())
            .map(subject -> prefix + subject)
            .toList();
    var role = new DeployerRole(site.cluster(), site.settings(), manifests.get(), users);
    return users.isEmpty() ? Optional.empty() : Optional.of(new RunAccess(site, role));
  }
}
