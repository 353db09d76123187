package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Step;
import dev.mlops.training.Artifact;
import dev.mlops.training.ArtifactFolder;
import dev.mlops.training.QualityGate;
import dev.mlops.training.Rounding;
import dev.mlops.training.Trainer;
import dev.mlops.training.TrainingRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Trains the model or takes it in, unless the one at hand was made of the same data, config and
 * version.
 */
public final class TrainModel implements Step<Artifact> {
  private static final List<String> SHOWN = List.of("accuracy", "f1", "rmse", "r2");

  private final TrainingRequest request;
  private final QualityGate gate;
  private final ArtifactFolder folder;
  private final Trainer trainer;
  private final boolean always;
  private final List<String> warnings = new ArrayList<>();

  /**
   * @param always whether to train again where it can't be told if the data has changed
   */
  public TrainModel(
      TrainingRequest request, QualityGate gate, Path folder, Trainer trainer, boolean always) {
    this.request = request;
    this.gate = gate;
    this.folder = new ArtifactFolder(folder);
    this.trainer = trainer;
    this.always = always;
  }

  @Override
  public String id() {
    return "train-model";
  }

  @Override
  public String title() {
    return switch (request.verb()) {
      case "import" -> "Take the model in";
      default -> "Train the model";
    };
  }

  @Override
  public Finding<Artifact> inspect() throws IOException {
    Optional<Artifact> artifact = folder.current();
    if (artifact.isEmpty()) {
      return new Finding.Missing<>("no model in " + folder.path());
    }
    List<String> differences = new ArrayList<>(request.differences(artifact.get().card()));
    if (always) {
      request.elsewhere().ifPresent(what -> differences.add(what + " may have changed"));
    }
    if (!differences.isEmpty()) {
      return new Finding.Differs<>(String.join("\n", differences));
    }
    gate.check(artifact.get().metrics());
    return new Finding.InSync<>(artifact.get());
  }

  @Override
  public Artifact ensure(Consumer<String> progress) throws IOException, InterruptedException {
    try (var _ = folder.lock("train")) {
      return train(folder.candidate(), progress);
    }
  }

  private Artifact train(Path candidate, Consumer<String> progress)
      throws IOException, InterruptedException {
    trainer.train(request, candidate, progress, warnings::add);
    Artifact trained = Artifact.read(candidate).orElseThrow();
    if (!gate.misses(trained.metrics()).isEmpty()) {
      folder.reject(candidate);
      gate.check(trained.metrics());
    }
    return folder.accept(candidate);
  }

  @Override
  public String describe(Artifact artifact) {
    String figures =
        artifact.metrics().entrySet().stream()
            .filter(metric -> SHOWN.contains(metric.getKey()))
            .map(metric -> metric.getKey() + " " + Rounding.text(metric.getValue()))
            .collect(Collectors.joining(", "));
    return warnings.stream()
        .map(warning -> "\nwarning: " + warning)
        .collect(Collectors.joining("", figures, ""));
  }
}
