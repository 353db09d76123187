package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.UNKNOWN_FIELD;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.service.artifact.Target;
import dev.mlops.service.json.ByteSink;
import dev.mlops.service.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers inference requests; everything but the numbers is made beforehand. */
final class TensorAnswer {
  private static final byte[] ID = ",\"id\":".getBytes(UTF_8);
  private static final byte[] OUTPUTS = ",\"outputs\":[".getBytes(UTF_8);
  private static final byte[] END = "]}".getBytes(UTF_8);

  private final List<Output> outputs;
  private final byte[] opening;

  /**
   * @param identity of the model
   */
  TensorAnswer(Identity identity, Target target) {
    outputs = Output.of(target);
    opening =
        "{\"model_name\":%s,\"model_version\":%s"
            .formatted(Json.line(identity.name()), Json.line(identity.version()))
            .getBytes(UTF_8);
  }

  /** The answer to one request. */
  Answer to(Inference request) throws Refusal {
    List<Output> wanted = wanted(request.outputs());
    return (rows, out) -> write(request.id(), wanted, rows, out);
  }

  private List<Output> wanted(List<String> names) throws Refusal {
    List<Output> wanted = new ArrayList<>();
    for (String name : names) {
      wanted.add(
          outputs.stream()
              .filter(output -> output.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(name)));
    }
    return wanted.isEmpty() ? outputs : wanted;
  }

  private Refusal unknown(String name) {
    List<String> names = outputs.stream().map(Output::name).toList();
    return Refusal.at(
        name,
        UNKNOWN_FIELD,
        "'" + Refusal.shown(name) + "' is not an output of this model; it has " + names);
  }

  private void write(Optional<String> id, List<Output> wanted, Rows rows, ByteSink out) {
    out.append(opening);
    id.ifPresent(text -> {
      out.append(ID);
      out.append(Json.line(text).getBytes(UTF_8));
    });
    out.append(OUTPUTS);
    for (int i = 0; i < wanted.size(); i++) {
      if (i > 0) {
        out.append((byte) ',');
      }
      write(wanted.get(i), rows, out);
    }
    out.append(END);
  }

  private static void write(Output output, Rows rows, ByteSink out) {
    String shape = rows.count() + (output.columns() > 0 ? "," + output.columns() : "");
    out.append(
        "{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":[%s],\"data\":["
            .formatted(output.name(), output.type(), shape)
            .getBytes(UTF_8));
    for (int i = 0; i < rows.count(); i++) {
      if (i > 0) {
        out.append((byte) ',');
      }
      output.write(rows.scores(i), out);
    }
    out.append(END);
  }
}
