package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Ownership;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.platform.local.TestImage;
import dev.mlops.platform.local.TestManifests;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every verb is cut off after each of its changes, as by a kill; whoever runs it again comes to the
 * same end.
 */
@OnCluster
class ConvergenceIT {
  private static final int MOST_CHANGES = 20;
  private static final String SETTINGS =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: %s}
      data: {colour: red}
      """;

  @TempDir Path folder;
  private KubernetesEnvironment test;
  private Platform platform;
  private ApiProxy proxy;
  private TestImage image;

  private interface Deed {
    void on(Platform platform) throws Exception;
  }

  @BeforeEach
  void open() throws Exception {
    test = new KubernetesEnvironment(folder);
    platform = test.platform();
    proxy = new ApiProxy(test.cluster().client().getConfiguration());
    image = test.published("one");
  }

  @AfterEach
  void close() {
    proxy.close();
    test.close();
  }

  /** False if the deed was done before that many changes. */
  private boolean cut(int changes, Deed deed) throws Exception {
    proxy.spoil(ApiProxy.after(changes));
    try {
      deed.on(test.platformOn(proxy.cluster(Optional.empty())));
      return false;
    } catch (MlopsException e) {
      return true;
    }
  }

  @Test
  void deployAndDestroyAreFinishedByTheNextRun() throws Exception {
    // The namespace is somebody else's: to wait for its end each time would take long.
    test.cluster()
        .client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(test.namespace())
                .endMetadata()
                .build())
        .create();
    Desired desired =
        TestManifests.quick(2).autoscaled(1, 3).and(SETTINGS.formatted("settings")).release(image);
    boolean deploying = true;
    boolean destroying = true;
    for (int changes = 0; deploying || destroying; changes++) {
      assertTrue(changes < MOST_CHANGES);
      deploying = cut(changes, half -> half.workloads().apply(desired, left(), _ -> {}));
      Status status = platform.workloads().apply(desired, _ -> {});
      assertEquals(Status.State.RUNNING, status.state(), "after " + changes + " changes");
      assertEquals(2, status.replicas().desired(), "after " + changes + " changes");
      assertEquals(List.of(), platform.workloads().compare(desired));
      assertEquals(1, platform.releases().list().size());

      destroying = cut(changes, half -> half.ownership().remove(_ -> {}));
      platform.ownership().remove(_ -> {});
      assertEquals(List.of(), platform.ownership().owned(), "after " + changes + " changes");
    }
  }

  @Test
  void updatePauseAndResumeAreFinishedByTheNextRun() throws Exception {
    Desired[] sides = {side("left"), side("right")};
    platform.workloads().apply(sides[1], _ -> {});
    boolean[] going = {true, true, true};
    for (int changes = 0; going[0] || going[1] || going[2]; changes++) {
      assertTrue(changes < MOST_CHANGES);
      Desired next = sides[changes % 2];
      going[0] = cut(changes, half -> half.workloads().apply(next, left(), _ -> {}));
      platform.workloads().apply(next, _ -> {});
      assertEquals(List.of(), platform.workloads().compare(next), "after " + changes + " changes");
      assertEquals(List.of(changes % 2 == 0 ? "left" : "right"), settings());

      going[1] = cut(changes, half -> half.power().pause(_ -> {}));
      assertEquals(Status.State.PAUSED, platform.power().pause(_ -> {}).state());
      going[2] = cut(changes, half -> half.power().resume(_ -> {}));
      Status resumed = platform.power().resume(_ -> {});
      assertEquals(Status.State.RUNNING, resumed.state(), "after " + changes + " changes");
      assertEquals(2, resumed.replicas().ready(), "after " + changes + " changes");
    }
  }

  private static ApplyOptions left() {
    return new ApplyOptions(false, false);
  }

  /** What the other side had is gone. */
  private List<String> settings() {
    return platform.ownership().owned().stream()
        .filter(owned -> owned.kind().equals("ConfigMap"))
        .map(Ownership.Owned::name)
        .toList();
  }

  private Desired side(String name) {
    return TestManifests.quick(2).env("SIDE", name).and(SETTINGS.formatted(name)).release(image);
  }
}
