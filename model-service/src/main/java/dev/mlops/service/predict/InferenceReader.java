package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.MALFORMED_JSON;
import static dev.mlops.service.predict.Refusal.Reason.MISSING_FIELD;
import static dev.mlops.service.predict.Refusal.Reason.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an inference request but for its data, whose place it notes: what the data means may stand
 * behind it. What is not of the protocol is passed over. Made for one request.
 */
final class InferenceReader {
  private final JsonParser json;
  private final TensorReader tensors;
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private Optional<String> id = Optional.empty();

  /**
   * @param from where the body begins
   * @param binaryFrom where its JSON ends
   * @param to where the body ends
   */
  InferenceReader(byte[] body, int from, int binaryFrom, int to) throws Refusal {
    json = JsonBody.parser(body, from, binaryFrom - from);
    json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
    tensors = new TensorReader(json, from, binaryFrom, to);
  }

  Inference read() throws Refusal {
    try {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw Refusal.of(MALFORMED_JSON, "The body must be an object with a list of inputs");
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        member(name, json.nextToken());
      }
      JsonBody.end(json);
    } catch (IOException _) {
      throw JsonBody.malformed(json);
    }
    tensors.checkAllIsUsed();
    if (inputs.isEmpty()) {
      throw Refusal.at("inputs", MISSING_FIELD, "'inputs' is missing: the tensors to predict from");
    }
    return new Inference(id, inputs, outputs);
  }

  private void member(String name, JsonToken token) throws IOException, Refusal {
    switch (name) {
      case "id" -> id = Optional.of(text("id", json, token));
      case "inputs" -> {
        for (startList(name, token); json.nextToken() != JsonToken.END_ARRAY; ) {
          inputs.add(tensors.read());
        }
      }
      case "outputs" -> {
        for (startList(name, token); json.nextToken() != JsonToken.END_ARRAY; ) {
          outputs.add(output());
        }
      }
      default -> json.skipChildren();
    }
  }

  private String output() throws IOException, Refusal {
    startObject("outputs", json);
    String output = null;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      if (name.equals("name")) {
        output = text("name", json, token);
      } else {
        json.skipChildren();
      }
    }
    if (output == null) {
      throw Refusal.at("outputs", MISSING_FIELD, "An output needs a name");
    }
    return output;
  }

  private static void startList(String name, JsonToken token) throws Refusal {
    if (token != JsonToken.START_ARRAY) {
      throw Refusal.at(name, WRONG_TYPE, "'" + name + "' must be a list of tensors");
    }
  }

  static void startObject(String list, JsonParser json) throws Refusal {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw Refusal.at(list, WRONG_TYPE, "'" + list + "' must be a list of objects");
    }
  }

  static String text(String name, JsonParser json, JsonToken token) throws IOException, Refusal {
    if (token != JsonToken.VALUE_STRING) {
      throw Refusal.at(name, WRONG_TYPE, "'" + name + "' must be a string");
    }
    return json.getText();
  }
}
