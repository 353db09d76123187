package dev.mlops.service.train;

import dev.mlops.service.artifact.Bins;
import dev.mlops.service.artifact.BooleanFeature;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.NumberFeature;
import dev.mlops.service.artifact.Profile;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Spread;
import dev.mlops.service.artifact.Target;
import dev.mlops.service.onnx.OnnxModel;
import dev.mlops.service.train.ImportRequest.Naming;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A model of which there is nothing but its file: no figures, no profile, made-up golden rows. */
final class ImportAlone {
  private final OnnxModel model;
  private final Naming naming;
  private final Training.Story story;

  ImportAlone(OnnxModel model, Naming naming, Training.Story story) {
    this.model = model;
    this.naming = naming;
    this.story = story;
  }

  Imported make(List<BlankFeatures.Slot> slots) {
    List<Feature> features = slots.stream().map(BlankFeatures::feature).toList();
    var classes = new ImportClasses(model, naming, model.scores(features));
    Target target =
        switch (classes.task()) {
          case CLASSIFICATION ->
              new Target.Classes(naming.target(), classes.names(Optional.empty(), story));
          case REGRESSION -> new Target.Quantity(naming.target(), Spread.UNKNOWN);
        };
    Schema schema = new Schema(target, features);
    story.warning(
        "Without model.data there are no figures of the model's quality and none of drift");
    return new Imported(
        schema,
        new CardMaker.Rows(0, 0),
        new CardMaker.Outcome(Optional.empty(), Optional.empty(), List.of()),
        profile(schema),
        GoldenMaker.invent(schema, model.predictor(schema, naming.scores())));
  }

  private static Profile profile(Schema schema) {
    Bins prediction =
        switch (schema.target()) {
          case Target.Classes(_, List<String> names) -> none(names);
          case Target.Quantity _ -> new Bins.Quantiles(List.of(), List.of(0L));
        };
    return new Profile(
        schema.features().stream()
            .map(feature -> new Profile.Column(feature.name(), none(feature), 0))
            .toList(),
        prediction);
  }

  private static Bins none(Feature feature) {
    return switch (feature) {
      case NumberFeature _ -> new Bins.Quantiles(List.of(), List.of(0L));
      case BooleanFeature _ -> none(List.of("false", "true"));
      case CategoryFeature(_, List<String> words, _) -> none(words);
    };
  }

  private static Bins none(List<String> values) {
    return new Bins.Values(values, Collections.nCopies(values.size(), 0L));
  }
}
