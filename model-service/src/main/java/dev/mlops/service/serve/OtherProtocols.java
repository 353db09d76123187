package dev.mlops.service.serve;

import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.artifact.BooleanFeature;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.GoldenRow;
import dev.mlops.service.artifact.NumberFeature;
import dev.mlops.service.json.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The golden rows as the clients of KServe, Triton, SageMaker and Vertex AI send them. */
final class OtherProtocols {
  private static final String CSV = "Content-Type: text/csv\r\nAccept: text/csv\r\n";

  private final Artifact artifact;
  private final String model;

  OtherProtocols(Artifact artifact) {
    this.artifact = artifact;
    model = artifact.card().name();
  }

  List<Case> cases() {
    String rows = Json.line(artifact.golden().stream().map(GoldenRow::input).toList());
    return List.of(
        Case.post("/v1/models/" + model + ":predict", "{\"instances\":" + rows + "}", 200),
        Case.post("/v2/models/" + model + "/infer", tensors(), 200),
        Case.post("/v2/models/" + model + "/infer", "{\"inputs\":[]}", 400),
        Case.post("/invocations", rows, 200),
        Case.post("/invocations", CSV, csv(), 200),
        Case.get("/v1/models", 200),
        Case.get("/v1/models/" + model, 200),
        Case.get("/v2", 200),
        Case.get("/v2/health/ready", 200),
        Case.get("/v2/models/" + model, 200),
        Case.get("/v2/models/" + model + "/ready", 200),
        Case.get("/v2/models/none", 404),
        Case.get("/ping", 200));
  }

  private String tensors() {
    return Json.line(
        Map.of("inputs", artifact.schema().features().stream().map(this::tensor).toList()));
  }

  private Map<String, Object> tensor(Feature feature) {
    Map<String, Object> tensor = new LinkedHashMap<>();
    tensor.put("name", feature.name());
    tensor.put("shape", List.of(artifact.golden().size()));
    tensor.put(
        "datatype",
        switch (feature) {
          case NumberFeature _ -> "FP64";
          case BooleanFeature _ -> "BOOL";
          case CategoryFeature _ -> "BYTES";
        });
    tensor.put("data", Arrays.asList(column(feature)));
    return tensor;
  }

  private Object[] column(Feature feature) {
    return artifact.golden().stream().map(row -> row.input().get(feature.name())).toArray();
  }

  private String csv() {
    return artifact.golden().stream().map(this::line).collect(Collectors.joining("\n"));
  }

  private String line(GoldenRow row) {
    return artifact.schema().features().stream()
        .map(feature -> Objects.requireNonNullElse(row.input().get(feature.name()), "").toString())
        .map(value -> '"' + value.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(","));
  }
}
