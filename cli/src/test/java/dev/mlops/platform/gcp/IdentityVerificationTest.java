package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.platform.Digest;
import dev.mlops.platform.Jobs;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pod says of itself, held against what was bound. */
final class IdentityVerificationTest {
  private static final Digest IMAGE = Digest.of("an image");

  @TempDir private Path folder;
  private final GoogleProject google = new GoogleProject();

  @AfterEach
  void close() {
    google.close();
  }

  /** Pods that print a line, and a count of the Jobs that are left. */
  private record TalkingPods(String line, AtomicInteger left, List<Jobs.Spec> asked)
      implements Jobs {
    @Override
    public Running start(Spec job, Consumer<String> progress) {
      asked.add(job);
      left.incrementAndGet();
      return new Running() {
        @Override
        public void follow(Predicate<Line> goOn) {
          for (String said : List.of("starting", line)) {
            if (!goOn.test(new Line(0, said))) {
              return;
            }
          }
        }

        @Override
        public void fetch(int copy, String name, Path into) {
          throw new AssertionError("nothing is fetched");
        }

        @Override
        public Channel connect(int copy, Duration patience) {
          throw new AssertionError("nothing listens");
        }

        @Override
        public String ending(int copy) {
          return "it still runs";
        }

        @Override
        public void close() {
          left.decrementAndGet();
        }
      };
    }
  }

  private static String line(String identity) {
    return "{\"event\":\"identity\",\"identity\":\""
        + identity
        + "\",\"audience\":\"\",\"pool\":\"my-mlops-project.svc.id.goog\"}";
  }

  @Test
  void withoutWorkloadIdentityItFailsAndTheJobIsGone() throws Exception {
    var pods =
        new TalkingPods(
            line("iris-prod-nodes@my-mlops-project.iam.gserviceaccount.com"),
            new AtomicInteger(),
            new java.util.ArrayList<>());
    var verification =
        new IdentityVerification(google.site(folder, ""), pods, null, Map.of(), IMAGE);
    MlopsException failure = assertThrows(MlopsException.class, () -> verification.ensure(_ -> {}));

    assertEquals(Code.GCP_IDENTITY, failure.problem().code());
    assertTrue(failure.problem().why().contains("iris-prod-nodes@"), failure.problem().why());
    assertEquals(0, pods.left().get());
    assertEquals(Optional.of("iris"), pods.asked().getFirst().runsAs());
  }

  @Test
  void thePoolIsWhatPodsWithoutAnAccountAreCalled() throws Exception {
    var json = new ObjectMapper();
    var direct = new IdentityVerification(google.site(folder, ""), null, null, Map.of(), IMAGE);
    assertTrue(
        direct
            .judge(json.readTree(line("my-mlops-project.svc.id.goog")))
            .startsWith("my-mlops-project.svc.id.goog is what the pods are"));

    var acting =
        new IdentityVerification(
            google.site(folder, "mode: impersonation"), null, null, Map.of(), IMAGE);
    String account = "iris-prod-pods@my-mlops-project.iam.gserviceaccount.com";
    assertTrue(acting.judge(json.readTree(line(account))).startsWith(account + " is what"));
    assertThrows(
        MlopsException.class,
        () -> acting.judge(json.readTree(line("my-mlops-project.svc.id.goog"))));
  }

  @Test
  void aClusterWithoutMetadataServerIsToldOfAndNoError() throws Exception {
    var verification =
        new IdentityVerification(google.site(folder, ""), null, null, Map.of(), IMAGE);
    String words = verification.judge(new ObjectMapper().readTree(line("")));
    assertTrue(words.contains("was not verified"), words);
  }
}
