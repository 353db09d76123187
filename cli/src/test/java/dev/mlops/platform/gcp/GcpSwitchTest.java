package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import com.google.rpc.Code;
import dev.mlops.platform.Status;
import dev.mlops.platform.Switch;
import dev.mlops.platform.gcp.fake.ApiFault;
import dev.mlops.platform.gcp.fake.Faults.Moment;
import dev.mlops.platform.gcp.fake.Journal;
import dev.mlops.problem.MlopsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GcpSwitchTest {
  /** Pods that stop and start; they notice whether there are nodes to run on. */
  private final class Pods implements Switch {
    private final List<String> calls = new ArrayList<>();

    @Override
    public Status pause(Consumer<String> progress) {
      calls.add("stop with " + nodes() + " nodes");
      return Status.NOTHING;
    }

    @Override
    public Status resume(Consumer<String> progress) {
      calls.add("start with " + nodes() + " nodes");
      return Status.NOTHING;
    }
  }

  @TempDir private Path folder;
  private GcpFixture gcp;
  private final Pods pods = new Pods();

  @BeforeEach
  void prepare() {
    gcp = new GcpFixture(folder, "");
    gcp.plantCluster("us-central1-a", "us-central1-b");
  }

  @AfterEach
  void close() {
    gcp.close();
  }

  private GcpSwitch power() {
    return new GcpSwitch(gcp.site, pods);
  }

  private int nodes() {
    return pool().getInitialNodeCount() * pool().getLocationsCount();
  }

  private NodePool pool() {
    return gcp.cluster().getNodePools(0);
  }

  @Test
  void pauseTakesTheNodesAndResumeBringsThemBackAsTheyWere() throws InterruptedException {
    Cluster before = gcp.cluster();
    power().pause(_ -> {});
    assertEquals(0, pool().getInitialNodeCount());
    assertFalse(pool().getAutoscaling().getEnabled());
    assertEquals(
        "n2-a1-1-4-0-0-p0", gcp.cluster().getResourceLabelsMap().get("mlops-pool-default-pool"));
    assertEquals(List.of(), power().leftToPause());
    assertEquals(List.of("default-pool"), power().leftToResume());

    power().resume(_ -> {});
    assertEquals(before.getNodePoolsList(), gcp.cluster().getNodePoolsList());
    assertEquals(before.getResourceLabelsMap(), gcp.cluster().getResourceLabelsMap());
    assertEquals(List.of("stop with 4 nodes", "start with 4 nodes"), pods.calls);
    assertEquals(List.of(), power().leftToResume());
  }

  /** The cluster says what its pool began with; how many there are now, Compute says. */
  @Test
  void whatTheAutoscalerHadMadeOfAPoolIsWhatComesBack() throws InterruptedException {
    gcp.google
        .compute()
        .scaleGroup(GcpFixture.PROJECT, "us-central1-b", "mlops-standard", "default-pool", 3);
    power().pause(_ -> {});
    power().resume(_ -> {});
    assertEquals(3, pool().getInitialNodeCount());
  }

  private void change(UnaryOperator<Cluster.Builder> change) {
    gcp.google.alone(() -> {
      gcp.google.clusters().change(gcp.site.cluster(), change);
      return true;
    });
  }

  private NodePool pool(String name) {
    return gcp.cluster().getNodePoolsList().stream()
        .filter(pool -> pool.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void addPool(int nodes) {
    change(cluster ->
        cluster.addNodePools(
            NodePool.newBuilder()
                .setName("extra")
                .setInitialNodeCount(nodes)
                .setStatus(NodePool.Status.RUNNING)
                .addLocations("us-central1-a")));
  }

  @Test
  void aPoolThatTheUserMadeIsPausedWithTheOthers() throws InterruptedException {
    addPool(3);
    List<NodePool> before = gcp.cluster().getNodePoolsList();
    power().pause(_ -> {});
    assertEquals(0, pool("extra").getInitialNodeCount());
    assertEquals(List.of("default-pool", "extra"), power().leftToResume());
    power().resume(_ -> {});
    assertEquals(before, gcp.cluster().getNodePoolsList());
  }

  @Test
  void aPoolThatIsMadeWhileItIsPausedStaysAsItIsUntilTheNextPause() throws InterruptedException {
    power().pause(_ -> {});
    addPool(1);
    assertEquals(List.of("pool extra: 1 node in each zone"), power().leftToPause());
    power().pause(_ -> {});
    assertEquals(0, pool("extra").getInitialNodeCount());
    power().resume(_ -> {});
    assertEquals(1, pool("extra").getInitialNodeCount());
    assertEquals(2, pool("default-pool").getInitialNodeCount());

    power().pause(_ -> {});
    change(cluster -> cluster.removeNodePools(1));
    addPool(1);
    power().resume(_ -> {});
    assertEquals(1, pool("extra").getInitialNodeCount());
    assertEquals(List.of(), power().leftToResume());
  }

  @Test
  void whatWasResizedMeanwhileIsAsItWasBefore() throws InterruptedException {
    power().pause(_ -> {});
    gcp.google
        .compute()
        .scaleGroup(GcpFixture.PROJECT, "us-central1-a", "mlops-standard", "default-pool", 1);
    assertEquals(List.of("pool default-pool: 1 node in each zone"), power().leftToPause());
    power().resume(_ -> {});
    assertEquals(2, pool("default-pool").getInitialNodeCount());
  }

  @Test
  void doneTwiceItChangesNothing() throws InterruptedException {
    power().pause(_ -> {});
    gcp.google.journal().clear();
    power().pause(_ -> {});
    assertEquals(List.of(), gcp.google.journal().mutations());
    power().resume(_ -> {});
    gcp.google.journal().clear();
    power().resume(_ -> {});
    assertEquals(List.of(), gcp.google.journal().mutations());
  }

  @Test
  void aBusyClusterIsWaitedForByName() throws InterruptedException {
    gcp.google.alone(() -> {
      gcp.google.clusters().occupy(gcp.site.cluster(), Duration.ofHours(1));
      return true;
    });
    List<String> said = new ArrayList<>();
    power()
        .pause(line -> {
          said.add(line);
          if (line.contains("waiting for operation-")) {
            gcp.google.finish();
          }
        });
    assertTrue(
        said.stream().anyMatch(line -> line.contains("waiting for operation-")), said.toString());
    assertEquals(0, nodes());
  }

  @Test
  void nodesOfAClusterThatIsNotOursStay() throws InterruptedException {
    gcp.google.alone(() -> {
      gcp.google.clusters().change(gcp.site.cluster(), Cluster.Builder::clearResourceLabels);
      return true;
    });
    power().pause(_ -> {});
    assertEquals(4, nodes());
    assertEquals(1, pods.calls.size());
    assertEquals(List.of(), gcp.google.journal().mutations());
  }

  @Test
  void anAutopilotClusterHasNoNodesOfOurs() throws InterruptedException {
    gcp.google.alone(() -> {
      gcp.google
          .clusters()
          .change(
              gcp.site.cluster(),
              cluster -> {
                cluster.getAutopilotBuilder().setEnabled(true);
                return cluster;
              });
      return true;
    });
    power().pause(_ -> {});
    assertEquals(1, pods.calls.size());
    assertEquals(List.of(), gcp.google.journal().mutations());
  }

  /** Cut off before or after each of its changes, then run again: the same end. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void aPauseThatIsCutOffIsTakenUp(int cut) throws InterruptedException {
    Cluster before = gcp.cluster();
    cutOff(cut, () -> power().pause(_ -> {}));
    power().pause(_ -> {});
    assertEquals(0, nodes());
    cutOff(cut, () -> power().resume(_ -> {}));
    power().resume(_ -> {});
    assertEquals(before.getNodePoolsList(), gcp.cluster().getNodePoolsList());
    assertEquals(before.getResourceLabelsMap(), gcp.cluster().getResourceLabelsMap());
  }

  private interface Deed {
    void run() throws InterruptedException;
  }

  /** Even cuts are before the change, odd ones after it. */
  private void cutOff(int cut, Deed deed) {
    Moment moment = cut % 2 == 0 ? Moment.BEFORE : Moment.AFTER;
    gcp.google
        .faults()
        .when(
            method -> method.matches(".*/(SetLabels|SetNodePoolSize|UpdateCluster)"),
            moment,
            cut / 2,
            1,
            () -> ApiFault.of(Code.PERMISSION_DENIED, "cut off"));
    try {
      assertThrows(MlopsException.class, deed::run);
    } catch (AssertionError e) {
      // There were fewer changes than that: then it came to its end.
      assertTrue(cut >= 6, e.getMessage());
    }
    gcp.google.faults().clear();
  }

  @Test
  void everyClassOfErrorThatPassesIsOutlived() throws InterruptedException {
    for (Code code :
        List.of(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.ABORTED, Code.RESOURCE_EXHAUSTED)) {
      for (Moment moment : Moment.values()) {
        for (String method : List.of("SetLabels", "SetNodePoolSize", "UpdateCluster")) {
          gcp.google
              .faults()
              .once("ClusterManager/" + method, moment, ApiFault.of(code, "try again"));
        }
        power().pause(_ -> {});
        assertEquals(0, nodes(), code + " " + moment);
        power().resume(_ -> {});
        assertEquals(4, nodes(), code + " " + moment);
        gcp.google.faults().clear();
      }
    }
  }

  @Test
  void noRequestCarriesCredentialsToThisMachine() throws InterruptedException {
    power().pause(_ -> {});
    assertEquals(
        List.of(),
        gcp.google.journal().calls().stream()
            .map(Journal.Call::headers)
            .filter(h -> !h.isEmpty())
            .toList());
  }
}
