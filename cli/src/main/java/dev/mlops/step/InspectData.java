package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Step;
import dev.mlops.scaffold.DataFacts;
import dev.mlops.training.ServiceProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks the model service what a table holds. */
public final class InspectData implements Step<DataFacts> {
  private final Path data;
  private final List<String> arguments = new ArrayList<>();
  private final ServiceProcess service;

  /**
   * @param target as the user named it; where it is empty, the service suggests one
   */
  public InspectData(Path data, String target, ServiceProcess service) {
    this.data = data;
    this.service = service;
    arguments.addAll(List.of("inspect", "--data", data.toString()));
    Optional.of(target)
        .filter(name -> !name.isEmpty())
        .ifPresent(name -> arguments.addAll(List.of("--target", name)));
  }

  @Override
  public String id() {
    return "inspect-data";
  }

  @Override
  public String title() {
    return "Look at " + data.getFileName();
  }

  @Override
  public Finding<DataFacts> inspect() throws InterruptedException {
    return new Finding.InSync<>(look(_ -> {}));
  }

  @Override
  public DataFacts ensure(Consumer<String> progress) throws InterruptedException {
    return look(progress);
  }

  @Override
  public String describe(DataFacts facts) {
    return facts.rows() + " rows, " + facts.columns().size() + " columns";
  }

  private DataFacts look(Consumer<String> progress) throws InterruptedException {
    return DataFacts.read(service.run(arguments, progress));
  }
}
