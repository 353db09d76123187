package dev.mlops.service.train;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.config.protobuf.ProtoProvenanceSerialization;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.RootProvenanceProto;
import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.tribuo.Model;
import org.tribuo.classification.sgd.protos.ClassificationLinearSGDProto;
import org.tribuo.common.tree.protos.TreeModelProto;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.WeightedEnsembleModelProto;
import org.tribuo.provenance.EnsembleModelProvenance;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.impl.EmptyDatasetProvenance;
import org.tribuo.provenance.impl.EmptyTrainerProvenance;
import org.tribuo.regression.rtree.protos.IndependentRegressionTreeModelProto;
import org.tribuo.regression.sgd.protos.RegressionLinearSGDProto;

/**
 * A model as bytes that depend on nothing but what it has learnt. Tribuo writes into every model,
 * and into each member of an ensemble, when and on what machine it was trained; its provenance is
 * replaced by an empty one. What was trained from what stands in card.json.
 */
final class ModelBytes {
  private static final OffsetDateTime NO_TIME = Instant.EPOCH.atOffset(ZoneOffset.UTC);

  private ModelBytes() {}

  static ByteString of(Model<?> model) {
    try {
      return plain(model.serialize()).toByteString();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ModelProto plain(ModelProto model) throws InvalidProtocolBufferException {
    return model.toBuilder().setSerializedData(plain(model.getSerializedData())).build();
  }

  private static Any plain(Any data) throws InvalidProtocolBufferException {
    if (data.is(ClassificationLinearSGDProto.class)) {
      var linear = data.unpack(ClassificationLinearSGDProto.class).toBuilder();
      return Any.pack(linear.setMetadata(plain(linear.getMetadata())).build());
    }
    if (data.is(RegressionLinearSGDProto.class)) {
      var linear = data.unpack(RegressionLinearSGDProto.class).toBuilder();
      return Any.pack(linear.setMetadata(plain(linear.getMetadata())).build());
    }
    if (data.is(TreeModelProto.class)) {
      var tree = data.unpack(TreeModelProto.class).toBuilder();
      return Any.pack(tree.setMetadata(plain(tree.getMetadata())).build());
    }
    if (data.is(IndependentRegressionTreeModelProto.class)) {
      var tree = data.unpack(IndependentRegressionTreeModelProto.class).toBuilder();
      return Any.pack(tree.setMetadata(plain(tree.getMetadata())).build());
    }
    return Any.pack(plain(data.unpack(WeightedEnsembleModelProto.class)));
  }

  private static WeightedEnsembleModelProto plain(WeightedEnsembleModelProto ensemble)
      throws InvalidProtocolBufferException {
    var plain = ensemble.toBuilder().clearModels();
    for (ModelProto member : ensemble.getModelsList()) {
      plain.addModels(plain(member));
    }
    return plain
        .setMetadata(
            ensemble.getMetadata().toBuilder()
                .setProvenance(
                    bytes(
                        new EnsembleModelProvenance(
                            Model.class.getName(),
                            NO_TIME,
                            new EmptyDatasetProvenance(),
                            new EmptyTrainerProvenance(),
                            Map.of(),
                            false,
                            new ListProvenance<>()))))
        .build();
  }

  private static ModelDataProto plain(ModelDataProto metadata) {
    return metadata.toBuilder()
        .setProvenance(
            bytes(
                new ModelProvenance(
                    Model.class.getName(),
                    NO_TIME,
                    new EmptyDatasetProvenance(),
                    new EmptyTrainerProvenance(),
                    Map.of(),
                    false)))
        .build();
  }

  private static RootProvenanceProto bytes(ModelProvenance provenance) {
    return new ProtoProvenanceSerialization(false)
        .serializeToProto(ProvenanceUtil.marshalProvenance(provenance));
  }
}
