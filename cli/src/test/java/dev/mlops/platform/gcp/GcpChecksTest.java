package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.Check;
import dev.mlops.platform.Check.Result;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at before minutes of work. */
final class GcpChecksTest {
  @TempDir private Path folder;
  private GcpFixture gcp;

  @AfterEach
  void close() {
    gcp.close();
  }

  private void open(String settings) {
    gcp = new GcpFixture(folder, settings);
  }

  private static String fine(Check check) throws InterruptedException {
    return assertInstanceOf(Result.Fine.class, check.look()).detail();
  }

  private static MlopsException refused(Check check, Code code) {
    MlopsException refused = assertThrows(MlopsException.class, check::look);
    assertEquals(code, refused.problem().code(), refused.problem().toString());
    return refused;
  }

  @Test
  void aProjectThatIsReadyPassesAll() throws InterruptedException {
    open("location: us-central1-a");
    assertEquals("project " + GcpFixture.PROJECT, fine(new ProjectCheck(gcp.site)));
    assertEquals("all rights", fine(new PermissionsCheck(gcp.site, new Ground(gcp.site))));
    assertEquals(
        "e2-standard-2 in us-central1-a", fine(new PlaceCheck(gcp.site, new Ground(gcp.site))));
    assertEquals("quotas for 3 nodes", fine(new NodeQuotaCheck(gcp.site, new Ground(gcp.site))));
    assertEquals(0, gcp.google.journal().mutations().size());
  }

  @Test
  void missingRightsAreNamedWithTheRoleThatHasThem() {
    open("");
    gcp.google.rights().deny("container.clusters.create", "iam.serviceAccounts.actAs");
    String message =
        refused(new PermissionsCheck(gcp.site, new Ground(gcp.site)), Code.GCP_DENIED)
            .problem()
            .message();
    assertTrue(message.contains("roles/container.admin has container.clusters.create"), message);
    assertTrue(message.contains("roles/iam.serviceAccountUser"), message);
  }

  @Test
  void whoeverDeploysToAClusterThatIsThereNeedsNoneOfThem() throws InterruptedException {
    open("");
    gcp.plantCluster("us-central1-a");
    gcp.google.rights().deny("container.clusters.create");
    assertInstanceOf(
        Result.NotApplicable.class, new PermissionsCheck(gcp.site, new Ground(gcp.site)).look());
    assertInstanceOf(
        Result.NotApplicable.class, new NodeQuotaCheck(gcp.site, new Ground(gcp.site)).look());
  }

  @Test
  void aRegionalClusterIsCountedInAllOfItsZones() {
    open(
        """
        cluster:
          nodes: {min: 2, max: 2}
          disk: {gb: 100}
        """);
    String message =
        refused(new NodeQuotaCheck(gcp.site, new Ground(gcp.site)), Code.GCP_QUOTA)
            .problem()
            .message();
    assertTrue(message.contains("6 nodes"), message);
    assertTrue(message.contains("SSD_TOTAL_GB: needs 600, free are 500 of 500"), message);
  }

  @Test
  void whatIsUsedAlreadyIsNotFree() {
    open("location: us-central1-a");
    gcp.google.compute().use("CPUS", 23);
    String message =
        refused(new NodeQuotaCheck(gcp.site, new Ground(gcp.site)), Code.GCP_QUOTA)
            .problem()
            .message();
    assertTrue(message.contains("CPUS: needs 2, free are 1 of 24"), message);
  }

  @Test
  void whatAutoscalingMayAskForLaterIsAWarning() throws InterruptedException {
    open(
        """
        location: us-central1-a
        cluster: {nodes: {min: 1, max: 20}}
        """);
    String why =
        assertInstanceOf(
                Result.Warning.class, new NodeQuotaCheck(gcp.site, new Ground(gcp.site)).look())
            .why();
    assertTrue(why.contains("IN_USE_ADDRESSES: needs 20, free are 8 of 8"), why);
  }

  @Test
  void aRegionThatIsNotThereIsNamed() {
    open("location: mars-north1");
    assertTrue(
        refused(new PlaceCheck(gcp.site, new Ground(gcp.site)), Code.GCP_REJECTED)
            .problem()
            .message()
            .contains("region mars-north1"));
  }

  @Test
  void aMachineTypeThatIsNotThereIsNamed() {
    open("cluster: {machineType: e2-colossal-2}");
    assertTrue(
        refused(new PlaceCheck(gcp.site, new Ground(gcp.site)), Code.GCP_REJECTED)
            .problem()
            .message()
            .contains("no machine type e2-colossal-2"));
  }

  @Test
  void aProjectWithoutBillingNeedsToKnowAnAccount() {
    open("");
    gcp.google.billing().unlink(GcpFixture.PROJECT);
    refused(new ProjectCheck(gcp.site), Code.GCP_BILLING);
  }

  @Test
  void aProjectThatIsStillToBeMadeIsNoFault() throws InterruptedException {
    open("billingAccount: 012345-6789AB-CDEF01\nproject: a-new-project");
    assertTrue(fine(new ProjectCheck(gcp.site)).contains("is to be made"));
    assertInstanceOf(
        Result.NotApplicable.class, new PermissionsCheck(gcp.site, new Ground(gcp.site)).look());
    assertInstanceOf(
        Result.NotApplicable.class, new PlaceCheck(gcp.site, new Ground(gcp.site)).look());
  }

  @Test
  void aPolicyOfTheOrganizationThatWillRefuseIsNamed() {
    open("");
    gcp.google.organization().enforce("constraints/compute.vmExternalIpAccess");
    var check = new OrganizationCheck(gcp.restSite());
    assertTrue(
        refused(check, Code.GCP_DENIED).problem().why().contains("compute.vmExternalIpAccess"));
  }

  @Test
  void withoutSuchPoliciesNothingIsSaid() throws InterruptedException {
    open("");
    assertEquals("", fine(new OrganizationCheck(gcp.restSite())));
  }

  /** All of them side by side; with 300 ms for each call it is still under 5 s. */
  @Test
  void noCheckWaitsForManyCallsInARow() throws InterruptedException {
    open("");
    for (Check check : new GcpChecks(gcp.site, null).ofGoogle()) {
      gcp.google.journal().clear();
      check.look();
      int calls = gcp.google.journal().calls().size();
      assertTrue(calls <= 10, check.id() + " asks " + calls + " times");
    }
  }
}
