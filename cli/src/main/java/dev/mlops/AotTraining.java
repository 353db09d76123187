package dev.mlops;

import dev.mlops.console.Interrupts;
import dev.mlops.console.Terminal;
import dev.mlops.platform.kubernetes.ClusterRehearsal;
import dev.mlops.platform.local.LocalSettings;
import dev.mlops.platform.local.Rehearsal;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The training run for the tool's own AOT cache (JEP 514), run once by the build: the commands that
 * people wait for most, so that what they load is in the cache.
 */
final class AotTraining {
  private AotTraining() {}

  public static void main(String[] args) throws Exception {
    Interrupts.install(Thread.currentThread());
    Path folder = Files.createTempDirectory("mlops-aot");
    List<List<String>> commands =
        List.of(
            List.of("--help"),
            List.of("init", folder.toString()),
            List.of("status", "--project", folder.toString()),
            List.of("status", "--project", folder.toString(), "--output", "json"),
            List.of("plan", "--project", folder.toString()),
            List.of("config", "show", "--explain", "--project", folder.toString()),
            List.of("explain", "MLOPS-CONFIG-001"),
            List.of("nonsense"));
    commands.forEach(command -> run(folder, command));
    try (var _ = Rehearsal.begin(new LocalSettings(folder, "iris", "dev", "127.0.0.1", 8080))) {
      run(folder, List.of("status", "--project", folder.toString()));
      run(folder, List.of("status", "--project", folder.toString(), "--output", "json"));
    }
    cluster(folder);
    deleteAll(folder);
  }

  /** What a real cluster makes it load, beyond the above. */
  private static void cluster(Path folder) throws Exception {
    Path keys = Files.createDirectory(folder.resolve("rehearsal"));
    try (var cluster = ClusterRehearsal.begin(keys)) {
      List<String> here =
          List.of(
              "--project",
              folder.toString(),
              "--set",
              "name=rehearsal",
              "--set",
              "platform=kubernetes",
              "--set",
              "kubernetes.registry=127.0.0.1:1/rehearsal",
              "--set",
              "kubernetes.kubeconfig=" + cluster.kubeconfig(),
              "--set",
              "kubernetes.context=" + ClusterRehearsal.CONTEXT);
      for (List<String> verb : List.of(List.of("status"), List.of("status", "-o", "json"))) {
        run(folder, Stream.concat(verb.stream(), here.stream()).toList());
      }
    }
  }

  private static void run(Path folder, List<String> command) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    var terminal =
        new Terminal("", Map.of("HOME", folder.toString()), new ByteArrayInputStream(new byte[0]));
    new Main(nowhere, nowhere, terminal).run(command);
  }

  private static void deleteAll(Path folder) throws Exception {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
