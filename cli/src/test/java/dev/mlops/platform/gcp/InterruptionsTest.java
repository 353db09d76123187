package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.Code;
import dev.mlops.platform.gcp.fake.ApiFault;
import dev.mlops.platform.gcp.fake.Faults.Moment;
import dev.mlops.problem.MlopsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every call that changes something fails in turn, with its work done or not, and with every class
 * of error; what is passing is waited out, and after what is not, the next run ends in the same
 * state.
 */
final class InterruptionsTest {
  private static final List<ApiFault> PASSING =
      List.of(
          ApiFault.of(Code.UNAVAILABLE, "The service is currently unavailable."),
          ApiFault.of(Code.DEADLINE_EXCEEDED, "Deadline expired before operation could complete."),
          ApiFault.of(Code.RESOURCE_EXHAUSTED, "Quota exceeded for quota metric 'Requests'")
              .because("RATE_LIMIT_EXCEEDED", "googleapis.com", Map.of()));

  @TempDir private Path temp;
  private int worlds;

  @Test
  void everyChangeMayBeCutOffBeforeAndAfter() throws Exception {
    List<String> undisturbed;
    TreeSet<String> changes = new TreeSet<>();
    try (var google = new GoogleProject()) {
      google.ensureAll(folder(), "mode: impersonation");
      undisturbed = end(google);
      google.fake().journal().mutations().forEach(call -> changes.add(call.method()));
    }
    assertEquals(11, changes.size(), changes.toString());
    for (String change : changes) {
      for (Moment moment : Moment.values()) {
        for (ApiFault fault : PASSING) {
          assertEquals(undisturbed, afterOne(change, moment, fault), change + moment + fault);
        }
        assertEquals(undisturbed, afterTwoRuns(change, moment), change + moment);
      }
    }
  }

  /** What passes is waited out within the one run. */
  private List<String> afterOne(String change, Moment moment, ApiFault fault) throws Exception {
    try (var google = new GoogleProject()) {
      google.fake().faults().when(change::equals, moment, 0, 1, () -> fault);
      google.ensureAll(folder(), "mode: impersonation");
      return end(google);
    }
  }

  /** A run that is killed there, and the next one. */
  private List<String> afterTwoRuns(String change, Moment moment) throws Exception {
    try (var google = new GoogleProject()) {
      google
          .fake()
          .faults()
          .when(
              change::equals,
              moment,
              0,
              1,
              () -> ApiFault.of(Code.PERMISSION_DENIED, "The caller does not have permission"));
      boolean isCut = false;
      try {
        google.ensureAll(folder(), "mode: impersonation");
      } catch (MlopsException e) {
        isCut = true;
      }
      assertTrue(isCut, change + " was called");
      google.ensureAll(folder(), "mode: impersonation");
      return end(google);
    }
  }

  private Path folder() throws Exception {
    return Files.createDirectories(temp.resolve("world" + worlds++));
  }

  /** All that is there, without what counts up. */
  private static List<String> end(GoogleProject google) {
    List<String> all = new ArrayList<>();
    var fake = google.fake();
    all.addAll(fake.alone(() -> new TreeSet<>(fake.accounts().emails())));
    all.addAll(fake.alone(() -> new TreeSet<>(fake.repositories().names())));
    fake.alone(() -> new TreeSet<>(fake.pools().active()))
        .forEach(name -> all.add(name.replaceFirst("projects/\\d+/", "projects/N/")));
    all.addAll(fake.alone(() -> new TreeSet<>(fake.services().enabled("my-mlops-project"))));
    all.addAll(google.grants("projects/my-mlops-project"));
    all.addAll(
        google.grants("projects/my-mlops-project/locations/us-central1/repositories/mlops-images"));
    for (String role : List.of("ci", "pods")) {
      all.addAll(
          google.grants(
              "projects/my-mlops-project/serviceAccounts/iris-prod-"
                  + role
                  + "@my-mlops-project.iam.gserviceaccount.com"));
    }
    all.add(google.cluster().getStatus() + " " + google.cluster().getNodePoolsCount());
    return all;
  }
}
