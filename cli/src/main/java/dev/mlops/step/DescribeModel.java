package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Step;
import dev.mlops.problem.Code;
import dev.mlops.scaffold.ModelFacts;
import dev.mlops.training.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Asks the model service what an ONNX model takes. */
public final class DescribeModel implements Step<ModelFacts> {
  private final Path model;
  private final ServiceProcess service;

  public DescribeModel(Path model, ServiceProcess service) {
    this.model = model;
    this.service = service;
  }

  @Override
  public String id() {
    return "describe-model";
  }

  @Override
  public String title() {
    return "Look at " + model.getFileName();
  }

  @Override
  public Finding<ModelFacts> inspect() throws InterruptedException {
    return new Finding.InSync<>(look(_ -> {}));
  }

  @Override
  public ModelFacts ensure(Consumer<String> progress) throws InterruptedException {
    return look(progress);
  }

  @Override
  public String describe(ModelFacts facts) {
    int values = facts.inputs().stream().mapToInt(ModelFacts.Input::columns).sum();
    return values
        + (values == 1 ? " value" : " values")
        + " in, "
        + (facts.classes().isEmpty() ? "no names of classes" : facts.classes().size() + " classes");
  }

  private ModelFacts look(Consumer<String> progress) throws InterruptedException {
    if (!Files.isRegularFile(model)) {
      throw Code.ONNX_UNREADABLE.problem(
          "There is no file " + model, "", "Name a model in ONNX format: --onnx FILE");
    }
    return ModelFacts.read(service.run(List.of("describe", "--model", model.toString()), progress));
  }
}
