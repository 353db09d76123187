package dev.mlops.service.batch;

import dev.mlops.service.onnx.InputTensor;
import dev.mlops.service.onnx.OnnxModel;
import dev.mlops.service.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code describe --model FILE}: what a model in ONNX form takes, and which classes it names. */
final class DescribeCommand {
  private DescribeCommand() {}

  static Map<String, Object> run(Arguments arguments) {
    Path file = Path.of(arguments.get("--model"));
    try (OnnxModel model = OnnxModel.open(Files.readAllBytes(file), 0)) {
      List<Map<String, Object>> inputs = new ArrayList<>();
      for (InputTensor input : model.inputs()) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", input.name());
        json.put("type", input.type().name().toLowerCase(java.util.Locale.ROOT));
        json.put("columns", input.columns());
        json.put("categories", model.categories(input.name()));
        inputs.add(json);
      }
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("inputs", inputs);
      result.put("classes", model.classes());
      return result;
    } catch (IOException e) {
      throw Code.ONNX_UNREADABLE.problem("Can't read " + file, e.toString(), "");
    }
  }
}
