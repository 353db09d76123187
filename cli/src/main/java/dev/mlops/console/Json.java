package dev.mlops.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Problem;
import java.util.Optional;

/** The JSON documents that commands print. */
public final class Json {
  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String print(ObjectNode document) {
    return write(new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT), document);
  }

  /** Without line ends, for streams of objects. */
  static String line(ObjectNode document) {
    return write(new ObjectMapper(), document);
  }

  private static String write(ObjectMapper mapper, ObjectNode document) {
    try {
      return mapper.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static ObjectNode failure(Optional<View> partial, Problem problem) {
    ObjectNode document = partial.map(View::json).orElseGet(Json::object);
    document
        .putObject("error")
        .put("code", problem.code().id())
        .put("message", problem.message())
        .put("why", problem.why())
        .put("next", problem.next())
        .put("cause", problem.cause());
    return document;
  }
}
