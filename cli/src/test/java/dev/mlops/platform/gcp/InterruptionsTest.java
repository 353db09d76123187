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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every call fails, with its work done or not, and with every class of error; what is passing is
 * waited out, and after what is not, the next runs end in the same state.
 */
final class InterruptionsTest {
  private static final List<ApiFault> PASSING =
      List.of(
          ApiFault.of(Code.UNAVAILABLE, "The service is currently unavailable."),
          ApiFault.of(Code.DEADLINE_EXCEEDED, "Deadline expired before operation could complete."),
          ApiFault.of(Code.RESOURCE_EXHAUSTED, "Quota exceeded for quota metric 'Requests'")
              .because("RATE_LIMIT_EXCEEDED", "googleapis.com", Map.of()));

  private static final List<ApiFault> CLASSES =
      Stream.concat(
              PASSING.stream(),
              Stream.of(
                  ApiFault.of(Code.INTERNAL, "Internal error encountered."),
                  ApiFault.of(Code.UNKNOWN, "Unknown error."),
                  ApiFault.of(Code.CANCELLED, "The operation was cancelled."),
                  ApiFault.of(Code.RESOURCE_EXHAUSTED, "Insufficient quota: CPUS 2 short."),
                  ApiFault.of(Code.ABORTED, "There were concurrent policy changes."),
                  ApiFault.of(
                          Code.FAILED_PRECONDITION,
                          "Cluster is running incompatible operation operation-1790000000000-0a1b2c3d.")
                      .because(
                          "CLUSTER_ALREADY_HAS_OPERATION", "container.googleapis.com", Map.of()),
                  ApiFault.of(
                          Code.FAILED_PRECONDITION, "Billing account for project '1' is not found.")
                      .because(
                          "UREQ_PROJECT_BILLING_NOT_FOUND",
                          "serviceusage.googleapis.com",
                          Map.of()),
                  ApiFault.of(
                      Code.FAILED_PRECONDITION, "The cluster is in a state that forbids it."),
                  ApiFault.of(Code.INVALID_ARGUMENT, "Service account a@p.example does not exist."),
                  ApiFault.of(Code.INVALID_ARGUMENT, "Request contains an invalid argument."),
                  ApiFault.of(Code.OUT_OF_RANGE, "Out of range."),
                  ApiFault.of(Code.NOT_FOUND, "Requested entity was not found."),
                  ApiFault.of(Code.PERMISSION_DENIED, "The caller does not have permission"),
                  ApiFault.of(
                          Code.PERMISSION_DENIED, "The API has not been used in project 1 before.")
                      .because("SERVICE_DISABLED", "googleapis.com", Map.of()),
                  ApiFault.of(
                      Code.UNAUTHENTICATED, "Request had invalid authentication credentials."),
                  ApiFault.of(Code.UNIMPLEMENTED, "Method not found."),
                  ApiFault.of(Code.DATA_LOSS, "Unrecoverable data loss.")))
          .toList();

  private static final int MOST_RUNS = 100;

  @TempDir private Path temp;
  private final AtomicInteger worlds = new AtomicInteger();

  /** What leaves it open whether the work was done; everything else is a refusal. */
  private static final Set<Code> OPEN =
      Set.of(
          Code.UNAVAILABLE,
          Code.DEADLINE_EXCEEDED,
          Code.INTERNAL,
          Code.UNKNOWN,
          Code.CANCELLED,
          Code.DATA_LOSS);

  @Test
  void everyCallFailsOnce() throws Exception {
    Map<String, Callable<Void>> worlds = new LinkedHashMap<>();
    for (ApiFault fault : CLASSES) {
      for (Moment moment : Moment.values()) {
        if (moment == Moment.BEFORE || OPEN.contains(fault.code())) {
          worlds.put(moment + " " + fault, () -> everyCallFailsOnce(fault, moment));
        }
      }
    }
    assertEquals(26, worlds.size());
    SideBySide.run(worlds);
  }

  /** Each call, reads too, fails when it is first made; each run comes a little further. */
  private Void everyCallFailsOnce(ApiFault fault, Moment moment) throws Exception {
    try (var undisturbed = new GoogleProject();
        var google = new GoogleProject()) {
      undisturbed.ensureAll(folder(), "mode: impersonation");
      Set<String> struck = ConcurrentHashMap.newKeySet();
      google
          .fake()
          .faults()
          .when(call -> struck.add(kind(call)), moment, 0, Integer.MAX_VALUE, () -> fault);

      int runs = 1;
      Path folder = folder();
      while (!isDone(google, folder)) {
        assertTrue(++runs < MOST_RUNS, () -> "it does not end: " + struck);
      }
      assertEquals(end(undisturbed), end(google));
      undisturbed.fake().journal().calls().stream()
          .map(call -> kind(call.method()))
          .filter(call -> !call.contains("Operation") && !call.contains("/operations/"))
          .forEach(call -> assertTrue(struck.contains(call), call));
      return null;
    }
  }

  private static boolean isDone(GoogleProject google, Path folder) throws Exception {
    try {
      google.ensureAll(folder, "mode: impersonation");
      return true;
    } catch (MlopsException e) {
      return false;
    }
  }

  /** Without what is made up anew each time. */
  private static String kind(String call) {
    return call.replaceAll("(/operations)/.*", "$1/").replaceAll("projects/\\d+", "projects/N");
  }

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
    Map<String, Callable<List<String>>> worlds = new LinkedHashMap<>();
    for (String change : changes) {
      for (Moment moment : Moment.values()) {
        for (ApiFault fault : PASSING) {
          worlds.put(moment + " " + change + ": " + fault, () -> afterOne(change, moment, fault));
        }
        worlds.put(moment + " " + change + ": killed", () -> afterTwoRuns(change, moment));
      }
    }
    assertEquals(88, worlds.size());
    SideBySide.run(worlds).forEach((name, end) -> assertEquals(undisturbed, end, name));
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
              () -> ApiFault.invalid("Request contains an invalid argument."));
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
    return Files.createDirectories(temp.resolve("world" + worlds.incrementAndGet()));
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
