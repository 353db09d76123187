package dev.mlops.service.predict;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.service.artifact.Target;
import dev.mlops.service.json.ByteSink;
import dev.mlops.service.model.Predictor;
import java.util.List;

/** A line for each row: the prediction, then the probability of each class. */
final class CsvAnswer implements Answer {
  private final List<byte[]> classes;

  CsvAnswer(Target target) {
    classes =
        switch (target) {
          case Target.Quantity _ -> List.of();
          case Target.Classes(_, List<String> names) ->
              names.stream().map(name -> field(name).getBytes(UTF_8)).toList();
        };
  }

  @Override
  public void write(Rows rows, ByteSink out) {
    for (int i = 0; i < rows.count(); i++) {
      double[] scores = rows.scores(i);
      if (!classes.isEmpty()) {
        out.append(classes.get(Predictor.best(scores)));
      }
      for (int j = 0; j < scores.length; j++) {
        if (j > 0 || !classes.isEmpty()) {
          out.append((byte) ',');
        }
        out.append(scores[j]);
      }
      out.append((byte) '\n');
    }
  }

  /** In quotes where RFC 4180 wants them. */
  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
