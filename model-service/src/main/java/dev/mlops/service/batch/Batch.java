package dev.mlops.service.batch;

import dev.mlops.service.problem.Code;
import dev.mlops.service.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs the commands that end: {@code inspect}, {@code train}, {@code import} and {@code describe}.
 */
public final class Batch {
  /** Held here because a logger that nobody holds forgets its level. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  private Batch() {}

  /**
   * @param out receives the events, and nothing else
   * @return the exit status: 0 done, 2 the user's data or request is at fault, 1 anything else
   */
  public static int run(String verb, List<String> words, OutputStream out) {
    TRIBUO.setLevel(Level.SEVERE);
    Events events = new Events(out);
    try {
      Map<String, Object> result = result(verb, words, events);
      Optional<String> port = port(verb, words);
      if (port.isPresent()) {
        hold(made(words), Integer.parseInt(port.get()), () -> events.result(result));
      } else {
        events.result(result);
      }
      return 0;
    } catch (IOException e) {
      events.problem(
          Code.ARTIFACT.problem("Can't offer the model", e.toString(), "Take another port"));
      return Code.ARTIFACT.exitStatus();
    } catch (ProblemException e) {
      events.problem(e);
      return e.code().exitStatus();
    } catch (OutOfMemoryError e) {
      events.problem(tooLarge());
      return Code.TRAINING.exitStatus();
    }
  }

  private static Map<String, Object> result(String verb, List<String> words, Events events) {
    return switch (verb) {
      case "inspect" ->
          InspectCommand.run(new Arguments(words, List.of("--data", "--target")), events);
      case "train" -> TrainCommand.train(made(words), events);
      case "import" -> TrainCommand.takeIn(made(words), events);
      case "describe" -> DescribeCommand.run(new Arguments(words, List.of("--model")));
      default -> throw new IllegalArgumentException(verb);
    };
  }

  private static Arguments made(List<String> words) {
    return new Arguments(words, List.of("--request", "--out", "--offer"));
  }

  /** Where the artifact shall be offered, if it shall. */
  private static Optional<String> port(String verb, List<String> words) {
    return verb.equals("train") || verb.equals("import")
        ? made(words).find("--offer")
        : Optional.empty();
  }

  /**
   * @param tell what brings those who fetch it
   */
  private static void hold(Arguments arguments, int port, Runnable tell) throws IOException {
    try (Offer offer = Offer.open(Path.of(arguments.get("--out")), port)) {
      tell.run();
      offer.await();
    }
  }

  private static ProblemException tooLarge() {
    long megabytes = Runtime.getRuntime().maxMemory() >> 20;
    return Code.TRAINING.problem(
        "The data and the model do not fit into " + megabytes + " MiB of memory",
        "docs/guide/train.md says how memory grows with rows, columns and algorithm",
        "Give it more with JAVA_TOOL_OPTIONS=-Xmx…, or take fewer rows, fewer columns, a smaller"
            + " maxDepth, or a linear model");
  }
}
