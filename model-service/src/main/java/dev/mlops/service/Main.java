package dev.mlops.service;

import dev.mlops.service.batch.Batch;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** Trains a model or serves one. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    List<String> words = Arrays.asList(args);
    switch (words.isEmpty() ? "serve" : words.getFirst()) {
      case "inspect", "train" -> System.exit(batch(words));
      default -> {}
    }
  }

  /** Standard output is for events alone: what libraries print goes to standard error. */
  private static int batch(List<String> words) {
    PrintStream out = System.out;
    System.setOut(System.err);
    return Batch.run(words.getFirst(), words.subList(1, words.size()), out);
  }
}
