package dev.mlops.service.train;

import dev.mlops.service.artifact.GoldenRow;
import dev.mlops.service.artifact.Profile;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Target;
import dev.mlops.service.problem.Code;
import java.util.List;

/** What has been found out of a model that was trained elsewhere. */
record Imported(
    Schema schema,
    CardMaker.Rows rows,
    CardMaker.Outcome outcome,
    Profile profile,
    List<GoldenRow> golden) {
  private static final double ROUNDING = 1e-3;

  /**
   * @throws dev.mlops.service.problem.ProblemException if what should be probabilities is none
   */
  void refuseUnlikely() {
    if (schema.target() instanceof Target.Quantity) {
      return;
    }
    for (GoldenRow row : golden) {
      double sum = row.scores().stream().mapToDouble(Double::doubleValue).sum();
      boolean outside =
          row.scores().stream().anyMatch(score -> !(score >= -ROUNDING && score <= 1 + ROUNDING));
      if (outside || Math.abs(sum - 1) > ROUNDING) {
        throw Code.ONNX_OUTPUT.problem(
            "The model's scores of its classes are no probabilities: " + row.scores(),
            "Each has to be between 0 and 1, and together they have to be 1",
            "If they are logits set model.onnx.scores: logits; else export the model with its"
                + " probabilities");
      }
    }
  }
}
