package dev.mlops.service;

import dev.mlops.service.batch.Batch;
import dev.mlops.service.batch.ResolveCommand;
import dev.mlops.service.identity.WhoAmI;
import dev.mlops.service.serve.ServeCommand;
import dev.mlops.service.serve.WarmCommand;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Trains a model or serves one. */
public final class Main {
  private static final int MISUSED = 2;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    // Digits, commas and dates in what programs read are the same wherever it was written.
    Locale.setDefault(Locale.ROOT);
    List<String> words = Arrays.asList(args);
    switch (words.isEmpty() ? "serve" : words.getFirst()) {
      case "serve" -> ServeCommand.run(System.getenv()).ifPresent(System::exit);
      case "warm" -> System.exit(WarmCommand.run(System.getenv()));
      case "identity" -> System.exit(WhoAmI.run(System.getenv(), System.out, System.err));
      case "inspect", "train", "import", "describe" -> System.exit(batch(words));
      case "resolve" ->
          System.exit(ResolveCommand.run(words.subList(1, words.size()), System.out, System.err));
      default -> System.exit(misused(words.getFirst()));
    }
  }

  /** Standard output is for events alone: what libraries print goes to standard error. */
  private static int batch(List<String> words) {
    PrintStream out = System.out;
    System.setOut(System.err);
    return Batch.run(words.getFirst(), words.subList(1, words.size()), out);
  }

  private static int misused(String word) {
    System.err.println(
        "error: '"
            + word
            + "' is not one of serve, warm, identity, inspect, train, import, describe,"
            + " resolve");
    return MISUSED;
  }
}
