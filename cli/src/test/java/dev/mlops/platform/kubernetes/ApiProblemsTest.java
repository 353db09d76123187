package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiProblemsTest {
  @TempDir private Path folder;

  @Test
  void aServerThatIsNotThereDoesNotAnswer() throws Exception {
    String server;
    try (var closed = new ServerSocket(0)) {
      server = "https://127.0.0.1:" + closed.getLocalPort() + "/";
    }
    Path kubeconfig = folder.resolve("kubeconfig");
    Files.writeString(
        kubeconfig,
        """
        clusters: [{name: c, cluster: {server: "%s"}}]
        users: [{name: u, user: {token: t}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        """
            .formatted(server));
    Cluster cluster = Cluster.of(Optional.of(kubeconfig), "c");

    Problem problem =
        assertThrows(
                MlopsException.class,
                () ->
                    ApiProblems.asking(
                        cluster, "list the pods", () -> cluster.client().pods().list()))
            .problem();
    assertEquals(Code.KUBERNETES_UNREACHABLE, problem.code());
    assertEquals("The cluster c does not answer", problem.message());
    assertEquals("There is no connection to " + server + ".", problem.why());
  }
}
