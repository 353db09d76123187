package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.WRONG_SHAPE;

import dev.mlops.service.artifact.Schema;
import dev.mlops.service.predict.Dialect.Reply;

/** Reads the bodies of every dialect into rows. For one thread. */
final class Codec {
  private final Rows rows;
  private final QuickRow quick;
  private final RowReader objects;
  private final Instances instances;
  private final CsvRows csv;
  private final JsonLines lines;
  private final Tensors tensors;
  private final JsonAnswers json;
  private final Answer one;
  private final CsvAnswer csvAnswer;
  private final TensorAnswer tensorAnswer;

  Codec(Schema schema, Identity identity, Rows rows) {
    this.rows = rows;
    quick = new QuickRow(schema);
    Slots slots = new Slots(schema);
    objects = new RowReader(slots, rows.max());
    instances = new Instances(slots);
    csv = new CsvRows(slots);
    lines = new JsonLines(slots);
    tensors = new Tensors(slots);
    json = new JsonAnswers(schema.target());
    one = json::one;
    csvAnswer = new CsvAnswer(schema.target());
    tensorAnswer = new TensorAnswer(identity, schema.target());
  }

  /**
   * Reads a body into the rows.
   *
   * @return what will answer it
   */
  Answer read(Dialect dialect, byte[] body, int from, int length) throws Refusal {
    return switch (dialect) {
      case Dialect.Objects(Reply reply) -> objects(body, from, length, reply);
      case Dialect.Csv(Reply reply) -> {
        csv.read(body, from, length, rows);
        yield answer(reply, json::list);
      }
      case Dialect.Lines(Reply reply) -> {
        lines.read(body, from, length, rows);
        yield answer(reply, json::list);
      }
      case Dialect.Instances _ -> {
        instances.read(body, from, length, rows);
        yield json::predictions;
      }
      case Dialect.Tensors(int jsonBytes) -> tensors(body, from, jsonBytes, from + length);
    };
  }

  private Answer objects(byte[] body, int from, int length, Reply reply) throws Refusal {
    if (reply == Reply.JSON && quick.read(body, from, length, rows.next())) {
      rows.add();
      return one;
    }
    boolean list = objects.open(body, from, length);
    while (objects.next(rows.next())) {
      rows.add();
    }
    return answer(reply, list ? json::list : one);
  }

  private Answer answer(Reply reply, Answer inJson) {
    return switch (reply) {
      case JSON -> inJson;
      case CSV -> csvAnswer;
      case LINES -> json::lines;
    };
  }

  private Answer tensors(byte[] body, int from, int jsonBytes, int to) throws Refusal {
    if (jsonBytes > to - from && jsonBytes != Dialect.Tensors.JSON.jsonBytes()) {
      throw Refusal.of(WRONG_SHAPE, "The JSON is said to be longer than the body");
    }
    Inference request =
        new InferenceReader(body, from, from + Math.min(jsonBytes, to - from), to).read();
    Answer answer = tensorAnswer.to(request);
    tensors.read(body, request.inputs(), rows);
    return answer;
  }
}
