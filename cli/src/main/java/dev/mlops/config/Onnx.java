package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A trained model in ONNX form. */
public record Onnx(
    @Doc("The model, with its weights in the one file. Needed by kind onnx.") Optional<Path> file,
    @Doc(
            "A name for each value that the model takes, in its order. Left out: the columns of the"
                + " data, or names made of the model's inputs.")
        List<String> columns,
    @Doc("Names of the classes in the order of the model's scores, where its file has none.")
        List<String> classes,
    @Doc(
            "plain: the model gives probabilities, or the predicted number. logits: it gives logits,"
                + " whose softmax is the probabilities.")
        Scores scores) {

  /** What a model's numbers are. */
  public enum Scores {
    PLAIN,
    LOGITS
  }

  public Onnx {
    columns = columns == null ? List.of() : List.copyOf(columns);
    classes = classes == null ? List.of() : List.copyOf(classes);
    scores = requireNonNullElse(scores, Scores.PLAIN);
  }
}
