package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.manifest.Owner;
import dev.mlops.platform.Federation.Claims;
import dev.mlops.platform.Federation.Verdict;
import dev.mlops.platform.Resource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a real API server lets the users do that it knows GitHub's runs as. */
final class FederationIT {
  private static final String NAMESPACE =
      "mlops-it-" + UUID.randomUUID().toString().substring(0, 8);

  private static Cluster cluster;

  @BeforeAll
  static void open() {
    cluster = TestCluster.require();
  }

  @AfterAll
  static void leaveNothingBehind() {
    if (cluster != null) {
      TestCluster.removeNamespace(cluster, NAMESPACE);
    }
  }

  @Test
  void aRunIsLetInOnceItsRoleIsBoundInEitherFormAndNobodyElseIs() throws Exception {
    var settings =
        new KubernetesSettings(new Owner("iris", "prod", NAMESPACE), "127.0.0.1:5000/x", true);
    var federation =
        new KubernetesFederation(new Site(cluster, settings), List::of, "https://issuer#");
    Claims plain = claims("repo:acme/iris:environment:prod");
    Claims renamed = claims("repo:acme@5/iris@6:environment:prod");
    var refused = assertInstanceOf(Verdict.Refused.class, federation.judge(plain));
    assertTrue(refused.expected().getFirst().contains("create deployments"), refused.toString());

    Resource access = federation.admission(List.of(renamed, plain)).orElseThrow();
    assertInstanceOf(Resource.State.Missing.class, access.look());
    access.ensure(_ -> {});
    assertInstanceOf(Resource.State.Ready.class, access.look());

    var admitted = assertInstanceOf(Verdict.Admitted.class, federation.judge(plain));
    assertEquals("user https://issuer#repo:acme/iris:environment:prod", admitted.how());
    assertInstanceOf(Verdict.Admitted.class, federation.judge(renamed));
    assertInstanceOf(
        Verdict.Refused.class, federation.judge(claims("repo:acme/iris:environment:dev")));
    assertInstanceOf(Verdict.Untold.class, federation.judge(new Claims(Map.of())));
  }

  private static Claims claims(String subject) {
    return new Claims(Map.of("sub", subject));
  }
}
