package dev.mlops.service.predict;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.service.artifact.Target;
import dev.mlops.service.json.ByteSink;
import dev.mlops.service.json.Json;
import dev.mlops.service.model.Predictor;
import java.util.List;

/** A tensor that answers an inference request, rows first. */
public sealed interface Output {
  String name();

  Datatype type();

  /** Values in a row; 0 for one that stands by itself. */
  int columns();

  /** Writes the elements of one row. */
  void write(double[] scores, ByteSink out);

  /** The tensors of a model, in the order in which they are answered. */
  static List<Output> of(Target target) {
    return switch (target) {
      case Target.Quantity _ -> List.of(new Quantity());
      case Target.Classes(_, List<String> names) ->
          List.of(new ClassName(names), new Probabilities(names));
    };
  }

  /** The predicted number. */
  record Quantity() implements Output {
    @Override
    public String name() {
      return "prediction";
    }

    @Override
    public Datatype type() {
      return Datatype.FP64;
    }

    @Override
    public int columns() {
      return 0;
    }

    @Override
    public void write(double[] scores, ByteSink out) {
      out.append(scores[0]);
    }
  }

  /** The predicted class. */
  final class ClassName implements Output {
    private final List<byte[]> words;

    private ClassName(List<String> classes) {
      words = classes.stream().map(name -> Json.line(name).getBytes(UTF_8)).toList();
    }

    @Override
    public String name() {
      return "class";
    }

    @Override
    public Datatype type() {
      return Datatype.BYTES;
    }

    @Override
    public int columns() {
      return 0;
    }

    @Override
    public void write(double[] scores, ByteSink out) {
      out.append(words.get(Predictor.best(scores)));
    }
  }

  /**
   * The probability of each class.
   *
   * @param classes in the order of the columns
   */
  record Probabilities(List<String> classes) implements Output {
    public Probabilities {
      classes = List.copyOf(classes);
    }

    @Override
    public String name() {
      return "probabilities";
    }

    @Override
    public Datatype type() {
      return Datatype.FP64;
    }

    @Override
    public int columns() {
      return classes.size();
    }

    @Override
    public void write(double[] scores, ByteSink out) {
      for (int i = 0; i < scores.length; i++) {
        if (i > 0) {
          out.append((byte) ',');
        }
        out.append(scores[i]);
      }
    }
  }
}
