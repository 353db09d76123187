package dev.mlops.service.model;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.artifact.ArtifactException;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Spread;
import dev.mlops.service.artifact.Target;
import dev.mlops.service.onnx.OnnxModel;
import dev.mlops.service.onnx.Scores;
import dev.mlops.service.problem.ProblemException;
import java.util.List;
import java.util.function.Supplier;
import org.tribuo.classification.Label;
import org.tribuo.common.sgd.AbstractLinearSGDModel;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.regression.Regressor;

/** A model in memory, shared by all threads. */
public final class Model {
  private final Supplier<Predictor> predictors;

  private Model(Supplier<Predictor> predictors) {
    this.predictors = predictors;
  }

  /** A model fresh from training, for rows of a schema. */
  public Model(org.tribuo.Model<?> trained, Schema schema) {
    Encoding encoding = new Encoding(schema);
    if (trained.getFeatureIDMap().size() != encoding.width()) {
      throw new IllegalArgumentException(
          "it has "
              + trained.getFeatureIDMap().size()
              + " columns, schema.json "
              + encoding.width());
    }
    predictors =
        switch (schema.target()) {
          case Target.Classes(_, List<String> names) ->
              classifiers(trained.castModel(Label.class), encoding, names);
          case Target.Quantity(_, Spread spread) ->
              estimators(trained.castModel(Regressor.class), encoding, spread);
        };
  }

  /**
   * @throws ArtifactException if the model is damaged or not of the schema's kind
   */
  public static Model load(Artifact artifact) {
    return artifact.card().isOnnx() ? onnx(artifact) : load(artifact.model(), artifact.schema());
  }

  /**
   * @param bytes Tribuo's protobuf form
   * @throws ArtifactException if the model is damaged or not of the schema's kind
   */
  public static Model load(ByteString bytes, Schema schema) {
    try {
      return new Model(org.tribuo.Model.deserialize(ModelProto.parseFrom(bytes)), schema);
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      throw new ArtifactException("model.pb is damaged: " + e.getMessage(), e);
    }
  }

  private static Model onnx(Artifact artifact) {
    Schema schema = artifact.schema();
    try {
      OnnxModel model = OnnxModel.open(artifact.model().toByteArray(), schema.features().size());
      Scores scores = Scores.of(artifact.card());
      return new Model(() -> model.predictor(schema, scores));
    } catch (ProblemException e) {
      throw new ArtifactException("model.onnx: " + e.getMessage() + ". " + e.why(), e);
    }
  }

  /** Another predictor, for one thread. */
  public Predictor predictor() {
    return predictors.get();
  }

  /** Tribuo's own answers, which those of {@link #predictor()} have to equal. */
  static Predictor reference(org.tribuo.Model<?> trained, Schema schema) {
    return switch (schema.target()) {
      case Target.Classes classes ->
          new TribuoClassifier(trained.castModel(Label.class), schema, classes);
      case Target.Quantity quantity ->
          new TribuoEstimator(trained.castModel(Regressor.class), schema, quantity);
    };
  }

  private static Supplier<Predictor> classifiers(
      org.tribuo.Model<Label> trained, Encoding encoding, List<String> classes) {
    if (trained instanceof AbstractLinearSGDModel<Label> linear) {
      int[] outputs =
          classes.stream()
              .mapToInt(name -> trained.getOutputIDInfo().getID(new Label(name)))
              .toArray();
      return LinearPredictor.classifier(linear, encoding, outputs);
    }
    return ClassTrees.of(trained, encoding, classes);
  }

  private static Supplier<Predictor> estimators(
      org.tribuo.Model<Regressor> trained, Encoding encoding, Spread target) {
    if (trained instanceof AbstractLinearSGDModel<Regressor> linear) {
      return LinearPredictor.estimator(linear, encoding, target);
    }
    return NumberTrees.of(trained, encoding, target);
  }
}
