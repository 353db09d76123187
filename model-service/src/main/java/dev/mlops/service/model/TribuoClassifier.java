package dev.mlops.service.model;

import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Target;
import java.util.List;
import java.util.Map;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;

/** Tribuo's own answer, which any faster way has to equal. */
final class TribuoClassifier implements Predictor {
  private final Model<Label> model;
  private final Encoding encoding;
  private final List<String> classes;

  TribuoClassifier(Model<Label> model, Schema schema, Target.Classes target) {
    this.model = model;
    this.encoding = new Encoding(schema);
    this.classes = target.names();
  }

  @Override
  public void predict(double[] row, double[] scores) {
    var example = encoding.example(LabelFactory.UNKNOWN_LABEL, row);
    Map<String, Label> byName = model.predict(example).getOutputScores();
    for (int i = 0; i < scores.length; i++) {
      Label label = byName.get(classes.get(i));
      // A fold of a cross-validation may lack a rare class.
      scores[i] = label == null ? 0 : label.getScore();
    }
  }
}
