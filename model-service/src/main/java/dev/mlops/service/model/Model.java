package dev.mlops.service.model;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.artifact.ArtifactException;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Target;
import org.tribuo.classification.Label;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.regression.Regressor;

/** A model in memory, shared by all threads. */
public final class Model {
  private final org.tribuo.Model<?> trained;
  private final Schema schema;

  /** A model fresh from training, for rows of a schema. */
  public Model(org.tribuo.Model<?> trained, Schema schema) {
    this.trained = trained;
    this.schema = schema;
  }

  /**
   * @throws ArtifactException if the model is damaged or not of the schema's kind
   */
  public static Model load(Artifact artifact) {
    return load(artifact.model(), artifact.schema());
  }

  /**
   * @param bytes Tribuo's protobuf form
   * @throws ArtifactException if the model is damaged or not of the schema's kind
   */
  public static Model load(ByteString bytes, Schema schema) {
    try {
      Model model = new Model(org.tribuo.Model.deserialize(ModelProto.parseFrom(bytes)), schema);
      model.check();
      return model;
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      throw new ArtifactException("model.pb is damaged: " + e.getMessage(), e);
    }
  }

  /** Another predictor, for one thread. */
  public Predictor predictor() {
    return switch (schema.target()) {
      case Target.Classes classes ->
          new TribuoClassifier(trained.castModel(Label.class), schema, classes);
      case Target.Quantity quantity ->
          new TribuoEstimator(trained.castModel(Regressor.class), schema, quantity);
    };
  }

  private void check() {
    int columns = new Encoding(schema).width();
    if (trained.getFeatureIDMap().size() != columns) {
      throw new IllegalArgumentException(
          "it has " + trained.getFeatureIDMap().size() + " columns, schema.json " + columns);
    }
    predictor();
  }
}
