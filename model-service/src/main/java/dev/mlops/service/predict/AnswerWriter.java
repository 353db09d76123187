package dev.mlops.service.predict;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.mlops.service.artifact.Target;
import dev.mlops.service.json.ByteSink;
import dev.mlops.service.model.Predictor;
import java.util.List;

/** Writes one row's prediction; everything but the numbers is made beforehand. */
sealed interface AnswerWriter {
  void write(double[] scores, ByteSink out);

  static AnswerWriter of(Target target) {
    return switch (target) {
      case Target.Quantity _ -> new Quantity();
      case Target.Classes(_, List<String> names) -> new Classes(names);
    };
  }

  final class Quantity implements AnswerWriter {
    private static final byte[] OPEN = "{\"prediction\":".getBytes(UTF_8);

    private Quantity() {}

    @Override
    public void write(double[] scores, ByteSink out) {
      out.append(OPEN);
      out.append(scores[0]);
      out.append((byte) '}');
    }
  }

  final class Classes implements AnswerWriter {
    private final byte[][] opening;
    private final byte[][] keys;

    private Classes(List<String> names) {
      opening = new byte[names.size()][];
      keys = new byte[names.size()][];
      for (int i = 0; i < names.size(); i++) {
        String name =
            "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(names.get(i))) + "\"";
        opening[i] = ("{\"prediction\":" + name + ",\"probabilities\":{").getBytes(UTF_8);
        keys[i] = ((i == 0 ? "" : ",") + name + ":").getBytes(UTF_8);
      }
    }

    @Override
    public void write(double[] scores, ByteSink out) {
      out.append(opening[Predictor.best(scores)]);
      for (int i = 0; i < keys.length; i++) {
        out.append(keys[i]);
        out.append(scores[i]);
      }
      out.append((byte) '}');
      out.append((byte) '}');
    }
  }
}
