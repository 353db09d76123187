package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.MISSING_FIELD;
import static dev.mlops.service.predict.Refusal.Reason.WRONG_SHAPE;
import static dev.mlops.service.predict.Refusal.Reason.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the inputs of one request, in the order in which their binary data follows the JSON. */
final class TensorReader {
  private static final String BINARY_SIZE = "binary_data_size";

  private final JsonParser json;
  private final int jsonFrom;
  private final int to;
  private int binaryFrom;
  private String name;
  private Datatype type;
  private List<Long> shape;
  private Tensor.Part data;

  TensorReader(JsonParser json, int jsonFrom, int binaryFrom, int to) {
    this.json = json;
    this.jsonFrom = jsonFrom;
    this.binaryFrom = binaryFrom;
    this.to = to;
  }

  /** The tensor at whose start the parser stands. */
  Tensor read() throws IOException, Refusal {
    InferenceReader.startObject("inputs", json);
    name = null;
    type = null;
    shape = null;
    data = null;
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      member(key, json.nextToken());
    }
    Tensor tensor =
        new Tensor(
            needed("name", name),
            needed("datatype", type),
            needed("shape", shape),
            needed("data", data));
    tensor.checkShape();
    return tensor;
  }

  /** Refuses bytes behind the JSON that are no tensor's. */
  void checkAllIsUsed() throws Refusal {
    if (binaryFrom != to) {
      throw Refusal.of(
          WRONG_SHAPE, "The body has " + (to - binaryFrom) + " bytes that no input claims");
    }
  }

  private void member(String key, JsonToken token) throws IOException, Refusal {
    switch (key) {
      case "name" -> name = InferenceReader.text(key, json, token);
      case "datatype" -> type = datatype(InferenceReader.text(key, json, token));
      case "shape" -> shape = shape(token);
      case "parameters" -> parameters(token);
      case "data" -> data = elements(token);
      default -> json.skipChildren();
    }
  }

  private static Datatype datatype(String word) throws Refusal {
    return Datatype.of(word)
        .orElseThrow(() ->
            Refusal.at(
                "datatype", WRONG_TYPE, "'" + Refusal.shown(word) + "' is not a datatype of V2"));
  }

  private List<Long> shape(JsonToken token) throws IOException, Refusal {
    List<Long> sizes = new ArrayList<>();
    boolean whole = token == JsonToken.START_ARRAY;
    while (whole && json.nextToken() != JsonToken.END_ARRAY) {
      whole = json.currentToken() == JsonToken.VALUE_NUMBER_INT;
      sizes.add(whole ? json.getLongValue() : 0);
    }
    if (!whole) {
      throw Refusal.at("shape", WRONG_TYPE, "'shape' must be a list of whole numbers");
    }
    return sizes;
  }

  private void parameters(JsonToken token) throws IOException, Refusal {
    if (token != JsonToken.START_OBJECT) {
      throw Refusal.at("parameters", WRONG_TYPE, "'parameters' must be an object");
    }
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      if (key.equals(BINARY_SIZE) && value == JsonToken.VALUE_NUMBER_INT) {
        binary(json.getLongValue());
      } else {
        json.skipChildren();
      }
    }
  }

  private void binary(long size) throws Refusal {
    if (size < 0 || size > to - binaryFrom) {
      throw Refusal.at(
          BINARY_SIZE, WRONG_SHAPE, "'" + BINARY_SIZE + "' is more than the body holds");
    }
    data = new Tensor.Part(binaryFrom, binaryFrom + (int) size, true);
    binaryFrom = data.to();
  }

  private Tensor.Part elements(JsonToken token) throws IOException, Refusal {
    if (token != JsonToken.START_ARRAY) {
      throw Refusal.at("data", WRONG_TYPE, "'data' must be a list");
    }
    int from = jsonFrom + (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    int end = jsonFrom + (int) json.currentLocation().getByteOffset();
    return new Tensor.Part(from, end, false);
  }

  private static <T> T needed(String key, T value) throws Refusal {
    if (value == null) {
      throw Refusal.at(key, MISSING_FIELD, "An input needs its '" + key + "'");
    }
    return value;
  }
}
