package dev.mlops.loadtest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Where the bodies of requests come from. */
public sealed interface Payloads {
  /** Rows like those that the model of a {@code schema.json} has learnt from. */
  record FromSchema(Path schema) implements Payloads {}

  /**
   * The rows of a CSV file with a header, each one object.
   *
   * @param schema which columns are sent, and as what; absent: all of them, as they look
   */
  record FromCsv(Path rows, Optional<Path> schema) implements Payloads {}

  /**
   * @param body a {@link Template}; empty for requests without one
   */
  record Literal(String body) implements Payloads {}

  /**
   * The bodies that users send in turn.
   *
   * @throws dev.mlops.problem.MlopsException if the file does not serve
   */
  default List<String> render(long seed) {
    return switch (this) {
      case FromSchema(Path schema) -> SchemaPayloads.read(schema).draw(new SplittableRandom(seed));
      case FromCsv(Path rows, Optional<Path> schema) ->
          new CsvPayloads(rows, schema.map(SchemaPayloads::read)).render();
      case Literal(String body) -> render(Template.parse(body), new SplittableRandom(seed));
    };
  }

  private static List<String> render(Template body, SplittableRandom random) {
    int count = body.isFixed() ? 1 : SchemaPayloads.COUNT;
    return IntStream.range(0, count).mapToObj(i -> body.render(i, random)).toList();
  }
}
