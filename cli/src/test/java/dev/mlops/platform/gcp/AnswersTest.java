package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.container.v1.Operation;
import com.google.devtools.artifactregistry.v1.CleanupPolicy;
import com.google.devtools.artifactregistry.v1.Repository;
import dev.mlops.platform.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that say as much as Google promises, and no more. */
final class AnswersTest {
  @TempDir private Path folder;
  private GcpFixture gcp;

  @BeforeEach
  void open() {
    gcp = new GcpFixture(folder, "");
  }

  @AfterEach
  void close() {
    gcp.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "operation-17-ab",
        "projects/my-project/locations/us-central1/operations/operation-17-ab",
        "https://container.googleapis.com/v1/projects/my-project/locations/us-central1/operations/operation-17-ab",
        "https://container.googleapis.com/v1/projects/my-project/zones/us-central1/operations/operation-17-ab",
      })
  void anOperationIsFollowedHoweverItIsNamed(String said) {
    assertEquals(
        "projects/my-project/locations/us-central1/operations/operation-17-ab",
        ClusterOperations.whole("projects/my-project/locations/us-central1", said));
  }

  /** The number of the project stays as it was said. */
  @Test
  void anOperationOfANumberedProjectIsAskedForByItsNumber() {
    assertEquals(
        "projects/415104041262/locations/us-central1/operations/o",
        ClusterOperations.whole(
            "projects/p/locations/us-central1",
            "https://container.googleapis.com/v1/projects/415104041262/locations/us-central1/operations/o"));
  }

  @Test
  void anAnswerWithoutAnOperationIsNotFollowed() throws InterruptedException {
    new ClusterOperations(gcp.site)
        .await("change the cluster", _ -> {}, Operation.getDefaultInstance());
    int[] looks = {0};
    new Making(
            gcp.site,
            "make it",
            Duration.ofMinutes(1),
            name -> {
              throw new AssertionError("asked for the operation " + name);
            },
            () -> ++looks[0] == 3)
        .await(Optional.of(com.google.longrunning.Operation.getDefaultInstance()), _ -> {});
    assertEquals(3, looks[0]);
  }

  @Test
  void aPolicysNameInItsKeyIsEnough() {
    Map<String, CleanupPolicy> nameless =
        CleanUp.policies().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, entry -> entry.getValue().toBuilder().clearId().build()));
    assertTrue(CleanUp.isIn(Repository.newBuilder().putAllCleanupPolicies(nameless).build()));
  }

  @Test
  void aProjectThatIsBilledIsWhoeverPays() throws InterruptedException {
    gcp.google.alone(() -> {
      gcp.google.billing().link(GcpFixture.PROJECT, "");
      return true;
    });
    assertInstanceOf(Resource.State.Ready.class, new ProjectResource(gcp.site).look());
  }
}
