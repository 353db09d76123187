package dev.mlops.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Stands in for the model service's batch commands, in a process of its own: each verb is a way to
 * end. {@code train} copies the artifact that lies beside its jar. Packed alone into a jar by
 * {@link StubService}, so it uses the JDK only.
 */
public final class StubServiceMain {
  private StubServiceMain() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "train" -> train(Path.of(args[4]));
      case "echo" -> {
        say("{\"event\": \"progress\", \"message\": \"half way\"}");
        say("{\"event\": \"result\", \"said\": \"" + args[1] + "\"}");
      }
      case "warn" -> {
        say("{\"event\": \"progress\", \"message\": \"half way\"}");
        say("{\"event\": \"progress\", \"level\": \"warning\", \"message\": \"too large\"}");
        say("{\"event\": \"result\", \"said\": \"all\"}");
      }
      case "refuse" ->
          say(
              "{\"event\": \"problem\", \"code\": \"MLOPS-DATA-004\", \"message\": \"Row 7 is ragged\","
                  + " \"why\": \"It has 3 fields.\", \"next\": \"Mend row 7\"}");
      case "refuse-strangely" ->
          say(
              "{\"event\": \"problem\", \"code\": \"MLOPS-NEW-999\", \"message\": \"From the future\"}");
      case "garbage" -> {
        say("{ this is no JSON");
        say("[1, 2, 3]");
        say("\u0000\u0001 bytes");
        say("{\"event\": \"result\", \"said\": \"after all\"}");
      }
      case "silent" -> {}
      case "fail" -> {
        for (int line = 1; line <= 30; line++) {
          System.err.println("line " + line);
        }
        System.exit(3);
      }
      case "die" -> kill();
      case "wait" -> {
        say("{\"event\": \"progress\", \"message\": \"" + ProcessHandle.current().pid() + "\"}");
        Thread.sleep(60_000);
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private static void kill() throws IOException, InterruptedException {
    System.err.println("about to be killed");
    String own = Long.toString(ProcessHandle.current().pid());
    new ProcessBuilder("kill", "-9", own).inheritIO().start().waitFor();
    Thread.sleep(60_000);
  }

  private static void train(Path out) throws Exception {
    Path jar =
        Path.of(StubServiceMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path artifact = jar.resolveSibling("artifact");
    Files.createDirectories(out);
    for (String file :
        List.of("card.json", "golden.json", "model.pb", "profile.json", "schema.json")) {
      Files.copy(artifact.resolve(file), out.resolve(file));
    }
    say("{\"event\": \"result\", \"artifact\": \"" + out.getFileName() + "\"}");
  }
}
