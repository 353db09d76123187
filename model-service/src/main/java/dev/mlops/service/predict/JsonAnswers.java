package dev.mlops.service.predict;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.mlops.service.artifact.Target;
import dev.mlops.service.json.ByteSink;

/** Answers that hold an object for each row. */
final class JsonAnswers {
  private static final byte[] PREDICTIONS = "{\"predictions\":".getBytes(US_ASCII);

  private final AnswerWriter writer;

  JsonAnswers(Target target) {
    writer = AnswerWriter.of(target);
  }

  void one(Rows rows, ByteSink out) {
    writer.write(rows.scores(0), out);
  }

  void list(Rows rows, ByteSink out) {
    out.append((byte) '[');
    for (int i = 0; i < rows.count(); i++) {
      if (i > 0) {
        out.append((byte) ',');
      }
      writer.write(rows.scores(i), out);
    }
    out.append((byte) ']');
  }

  void lines(Rows rows, ByteSink out) {
    for (int i = 0; i < rows.count(); i++) {
      writer.write(rows.scores(i), out);
      out.append((byte) '\n');
    }
  }

  void predictions(Rows rows, ByteSink out) {
    out.append(PREDICTIONS);
    list(rows, out);
    out.append((byte) '}');
  }
}
