package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.Digest;
import dev.mlops.platform.Jobs;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands between a Job and its end, for real; the namespace enforces `restricted`. */
class KubernetesJobsIT {
  @TempDir static Path folder;
  private static KubernetesEnvironment test;
  private static Digest image;

  @BeforeAll
  static void openOnce() throws Exception {
    test = new KubernetesEnvironment(folder);
    test.cluster()
        .client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(test.namespace())
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
    image = test.published("one").digest();
  }

  @AfterAll
  static void close() {
    if (test != null) {
      test.close();
    }
  }

  private static Jobs.Spec job(String name, Digest image, Jobs.Room room, String... actions) {
    return new Jobs.Spec(name, image, List.of(actions), Map.of(), 1, room);
  }

  private static Jobs.Room room(String cpu, String memory, Optional<Jobs.Volume> volume) {
    return new Jobs.Room(
        Map.of("cpu", cpu), Map.of("memory", memory), volume, Duration.ofSeconds(60));
  }

  private static Jobs.Room room() {
    return room("20m", "256Mi", Optional.empty());
  }

  private static Problem failure(Jobs.Spec job) throws Exception {
    try (var running = test.platform().jobs().start(job, _ -> {})) {
      return assertThrows(MlopsException.class, () -> running.follow(_ -> true)).problem();
    }
  }

  @Test
  void oneThatWasLeftBehindIsPickedUpFromItsFirstLine() throws Exception {
    Jobs jobs = test.platform().jobs();
    var job = job("left-behind", image, room(), "say=first", "sleep=3000", "say=last");
    jobs.start(job, _ -> {}).follow(_ -> false); // and never closed, as by kill -9
    List<String> told = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    try (var running = jobs.start(job, told::add)) {
      running.follow(line -> lines.add(line.text()));
    }
    assertEquals(List.of("first 0", "last 0"), lines);
    assertEquals(List.of("picking up Job left-behind, which is under way"), told);
  }

  @Test
  void oneThatHasEndedWithNobodyThereIsRunAgain() throws Exception {
    Jobs jobs = test.platform().jobs();
    var job = job("ended", image, room(), "say=once");
    jobs.start(job, _ -> {}).follow(_ -> true);
    List<String> lines = new ArrayList<>();
    try (var running = jobs.start(job, _ -> {})) {
      running.follow(line -> lines.add(line.text()));
    }
    assertEquals(List.of("once 0"), lines);
  }

  @Test
  void wantOfMemoryIsToldWithTheLimit() throws Exception {
    Problem problem = failure(job("oom", image, room("20m", "32Mi", Optional.empty()), "fill=1"));
    assertEquals(Code.JOB_FAILED, problem.code());
    assertTrue(problem.why().contains("32Mi"), problem.toString());
  }

  @Test
  void anImageThatIsNotThereIsTold() throws Exception {
    Problem problem = failure(job("no-image", Digest.of("nothing"), room(), "say=hello"));
    assertEquals(Code.JOB_BLOCKED, problem.code());
    assertTrue(problem.why().contains("not found"), problem.toString());
  }

  @Test
  void wantOfANodeIsToldWithWhatIsMissing() throws Exception {
    Problem problem =
        failure(job("no-room", image, room("900", "256Mi", Optional.empty()), "say=hello"));
    assertEquals(Code.JOB_BLOCKED, problem.code());
    assertTrue(problem.why().contains("Insufficient cpu"), problem.toString());
  }

  @Test
  void aClaimThatIsNotThereIsTold() throws Exception {
    var volume = Optional.of(new Jobs.Volume("no-such-claim", "/data"));
    Problem problem = failure(job("no-claim", image, room("20m", "64Mi", volume), "say=hello"));
    assertEquals(Code.JOB_BLOCKED, problem.code());
    assertTrue(problem.why().contains("no-such-claim"), problem.toString());
  }

  @Test
  void aQuotaIsTold() throws Exception {
    try (var other = new KubernetesEnvironment(folder.resolve("quota"))) {
      var client = other.cluster().client();
      client
          .resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName(other.namespace())
                  .endMetadata()
                  .build())
          .create();
      client
          .resource(
              new ResourceQuotaBuilder()
                  .withNewMetadata()
                  .withName("small")
                  .withNamespace(other.namespace())
                  .endMetadata()
                  .withNewSpec()
                  .addToHard("limits.memory", new Quantity("64Mi"))
                  .endSpec()
                  .build())
          .create();
      Digest there = other.published("one").digest();
      try (var running =
          other.platform().jobs().start(job("quota", there, room(), "say=hello"), _ -> {})) {
        var thrown = assertThrows(MlopsException.class, () -> running.follow(_ -> true));
        assertEquals(Code.JOB_BLOCKED, thrown.problem().code());
        assertTrue(thrown.problem().why().contains("exceeded quota: small"), thrown.toString());
      }
    }
  }
}
