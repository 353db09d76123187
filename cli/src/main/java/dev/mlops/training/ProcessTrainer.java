package dev.mlops.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Trains on this machine, in a process of its own. */
public record ProcessTrainer(ServiceProcess service) implements Trainer {
  @Override
  public void train(
      TrainingRequest request, Path into, Consumer<String> progress, Consumer<String> warning)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("mlops-train", ".json");
    try {
      new ObjectMapper().writeValue(file.toFile(), request.json());
      service.run(
          List.of(request.verb(), "--request", file.toString(), "--out", into.toString()),
          progress,
          warning);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
