package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is served, and how it is trained. */
public record Model(
    @Doc(
            "tribuo: trained here from a table. onnx: a trained model in ONNX form. image: a service"
                + " of your own; nothing is trained or built.")
        Kind kind,
    @Doc(
            "The training data, a CSV file with a header. Needed by kind tribuo; kind onnx is judged"
                + " by it, and drift is measured against it.")
        Optional<Path> data,
    @Doc("The column to predict. Needed wherever there is data.") Optional<String> target,
    @Doc(
            "classification: the target is one of some classes. regression: it is a number. auto:"
                + " seen from the data.")
        Task task,
    @Doc(
            "Columns whose type is not to be guessed, such as {zip: {type: category}}. Kind onnx"
                + " reads the categories only.")
        Map<String, Feature> features,
    @Doc("Columns not to use as features, such as identifiers and free text.") List<String> exclude,
    @Doc("Folder that training writes the model to.") Path artifact,
    @Doc("How the model is trained.") Algorithm algorithm,
    @Doc("How the model is judged.") Split test,
    @Doc("The model in ONNX format, and what its file does not say.") Onnx onnx,
    @Doc("The quality to reach; otherwise nothing is built, and the exit code is 4.") Gate gate,
    @Doc(
            "The image of your own service: a reference, or a folder or archive in OCI layout. Needed by kind image.")
        Optional<String> image)
    implements Checked {

  /** Who makes the model. */
  public enum Kind {
    TRIBUO,
    ONNX,
    IMAGE
  }

  /** What is predicted. */
  public enum Task {
    AUTO,
    CLASSIFICATION,
    REGRESSION
  }

  /** What is known of a column. */
  public record Feature(
      @Doc("number, category or boolean.") @Required(example = "type: category") FeatureType type,
      @Doc("The words that a text input of an ONNX model takes.") List<String> categories) {
    public Feature {
      categories = categories == null ? List.of() : List.copyOf(categories);
    }
  }

  /** The types of columns. */
  public enum FeatureType {
    NUMBER,
    CATEGORY,
    BOOLEAN
  }

  /** How the rows are divided. */
  public record Split(
      @Doc("Share of the rows held out from training, for the test.") @Range(min = 0.01, max = 0.9)
          Double fraction,
      @Doc("Folds of the cross-validation; 0 for none.") @Range(min = 0, max = 100) Integer folds)
      implements Checked {
    public Split {
      fraction = requireNonNullElse(fraction, 0.2);
      folds = requireNonNullElse(folds, 5);
    }

    @Override
    public List<Fault> faults() {
      return folds == 1
          ? List.of(new Fault("folds", "one part can't be cross-validated; use 0 or at least 2"))
          : List.of();
    }
  }

  public Model {
    kind = requireNonNullElse(kind, Kind.TRIBUO);
    task = requireNonNullElse(task, Task.AUTO);
    features =
        features == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(features));
    exclude = exclude == null ? List.of() : List.copyOf(exclude);
    artifact = requireNonNullElse(artifact, Path.of("artifacts/model"));
  }

  /** Whether `mlops train` has something to do: training, or taking a trained model in. */
  public boolean isTrained() {
    return kind != Kind.IMAGE;
  }

  @Override
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    switch (kind) {
      case TRIBUO -> trainingFaults(faults);
      case ONNX -> onnxFaults(faults);
      case IMAGE -> {
        if (image.isEmpty()) {
          faults.add(new Fault("image", "is missing; kind image needs it"));
        }
      }
    }
    return faults;
  }

  private void onnxFaults(List<Fault> faults) {
    if (onnx.file().isEmpty()) {
      faults.add(new Fault("onnx.file", "is missing; write the path of an ONNX file"));
    }
    if (data.isPresent() && target.isEmpty()) {
      faults.add(new Fault("target", "is missing; write which column of the data is predicted"));
    }
  }

  private void trainingFaults(List<Fault> faults) {
    if (data.isEmpty()) {
      faults.add(new Fault("data", "is missing; write the path of a CSV file"));
    }
    if (target.isEmpty()) {
      faults.add(new Fault("target", "is missing; write the name of the column to predict"));
    }
    if (target.isPresent() && exclude.contains(target.get())) {
      faults.add(new Fault("exclude", "holds the target, '" + target.get() + "'"));
    }
    if (!algorithm.kind().fits(task)) {
      faults.add(
          new Fault(
              "algorithm.kind",
              Shape.label(algorithm.kind()) + " is not for " + Shape.label(task)));
    }
    gate.bounds().stream()
        .filter(bound -> !bound.metric().fits(task))
        .forEach(bound ->
            faults.add(
                new Fault(
                    "gate." + bound.metric().label(), "is not measured for " + Shape.label(task))));
  }
}
