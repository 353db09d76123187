package dev.mlops.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.local.TestManifests;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Releases} keeps. */
public abstract class ReleasesContract {
  protected abstract PlatformUnderTest open() throws Exception;

  @Test
  void listsWhatWasDeployedAndBringsItBackAsItWas() throws Exception {
    try (var test = open()) {
      Workloads workloads = test.platform().workloads();
      Releases releases = test.platform().releases();
      assertEquals(List.of(), releases.list());
      Desired one = TestManifests.replicas(1).release(test.published("one"));
      workloads.apply(one, _ -> {});
      Desired two = TestManifests.replicas(1).env("OTHER", "1").release(test.published("two"));
      workloads.apply(two, _ -> {});
      assertEquals(List.of(two.release(), one.release()), names(releases));
      assertEquals(
          List.of(Releases.State.CURRENT, Releases.State.GOOD),
          releases.list().stream().map(Releases.Revision::state).toList());

      workloads.apply(releases.list().getLast().desired().orElseThrow(), _ -> {});
      assertEquals(one.release(), workloads.status().release().orElseThrow());
      assertEquals(List.of(), workloads.compare(one));
      Releases.Revision now = releases.list().getFirst();
      assertEquals(one.release(), now.release());
      assertEquals(Releases.State.CURRENT, now.state());
      assertTrue(now.number() > 2);
    }
  }

  private static List<Release> names(Releases releases) {
    return releases.list().stream().map(Releases.Revision::release).toList();
  }
}
