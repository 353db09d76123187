package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.iam.v1.Binding;
import dev.mlops.platform.Federation;
import dev.mlops.platform.Federation.Claims;
import dev.mlops.platform.Federation.Verdict;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runs that GitHub will send, before the provider and the account as Google has them. */
final class GcpFederationTest {
  @TempDir private Path folder;
  private final GoogleProject google = new GoogleProject();

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void beforeThereIsAProviderNobodyIsLetIn() throws Exception {
    for (String before : List.of(ProjectResource.ID, Apis.ID)) {
      google.resource(folder, "", before).ensure(_ -> {});
    }
    var refused = assertInstanceOf(Verdict.Refused.class, federation().judge(claims("1234", "56")));

    assertTrue(refused.expected().getFirst().contains("no provider"), refused.toString());
  }

  @Test
  void whatProvisionMakesLetsTheRepositoryInByEitherFormOfItsSubject() throws Exception {
    google.ensureAll(folder, "");
    Map<String, String> renamed = new HashMap<>(claims("1234", "56").all());
    renamed.put("sub", "repo:acme@56/iris@1234:environment:prod");

    for (Claims claims : new Claims[] {claims("1234", "56"), new Claims(renamed)}) {
      var admitted = assertInstanceOf(Verdict.Admitted.class, federation().judge(claims));
      assertEquals("attribute.repository_id/1234", admitted.how());
    }
    assertTrue(
        federation()
            .variables()
            .get("GCP_WORKLOAD_IDENTITY_PROVIDER")
            .endsWith("/providers/github"));
  }

  @Test
  void anotherRepositoryOfTheSameNameIsNot() throws Exception {
    google.ensureAll(folder, "");
    var refused = assertInstanceOf(Verdict.Refused.class, federation().judge(claims("9", "56")));

    assertEquals("assertion.repository_id == '1234'", refused.expected().getFirst());
    assertInstanceOf(Verdict.Refused.class, federation().judge(claims("1234", "9")));
  }

  @Test
  void onlyTheEnvironmentThatTheConfigNamesIs() throws Exception {
    google.ensureAll(folder, GoogleProject.ONLY_PROD);
    Map<String, String> prod = new HashMap<>(claims("1234", "56").all());
    prod.put("environment", "prod");

    assertInstanceOf(Verdict.Admitted.class, federation().judge(new Claims(prod)));
    var refused = assertInstanceOf(Verdict.Refused.class, federation().judge(claims("1234", "56")));
    assertEquals("assertion.environment == 'prod'", refused.expected().getFirst());
  }

  @Test
  void tokensOfAnotherIssuerAreNot() throws Exception {
    google.ensureAll(folder, "");
    Map<String, String> foreign = new HashMap<>(claims("1234", "56").all());
    foreign.put("iss", "https://github.example.com/_services/token");

    assertInstanceOf(Verdict.Refused.class, federation().judge(new Claims(foreign)));
  }

  @Test
  void aBindingOfSomebodysForOneSubjectIsHeldToTheFormThatIsSent() throws Exception {
    google.ensureAll(folder, "");
    Site site = google.site(folder, "");
    String account = CiIdentity.account(site).name();
    AccessPolicy.of(CiIdentity.account(site))
        .rewrite(_ -> {}, policy -> policy.toBuilder().clearBindings().build());
    google.plantBinding(
        account,
        Binding.newBuilder()
            .setRole("roles/iam.workloadIdentityUser")
            .addMembers(
                "principal://iam.googleapis.com/"
                    + site.poolName()
                    + "/subject/repo:acme/iris:environment:prod")
            .build());

    assertInstanceOf(Verdict.Admitted.class, federation().judge(claims("1234", "56")));
    Map<String, String> renamed = new HashMap<>(claims("1234", "56").all());
    renamed.put("sub", "repo:acme@56/iris@1234:environment:prod");
    var refused = assertInstanceOf(Verdict.Refused.class, federation().judge(new Claims(renamed)));
    assertEquals("subject/repo:acme/iris:environment:prod", refused.expected().getFirst());
  }

  private Federation federation() throws Exception {
    Site site = google.site(folder, "");
    return new GcpFederation(site, new PoolProvider(site, null));
  }

  private static Claims claims(String repositoryId, String ownerId) {
    return new Claims(
        Map.of(
            "iss",
            "https://token.actions.githubusercontent.com",
            "sub",
            "repo:acme/iris:environment:prod",
            "repository_id",
            repositoryId,
            "repository_owner_id",
            ownerId));
  }
}
