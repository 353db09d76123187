package dev.mlops.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.image.BuiltImage;
import dev.mlops.image.FileTree;
import dev.mlops.image.ImageBuilder;
import dev.mlops.image.ImageSpec;
import dev.mlops.platform.Digest;
import dev.mlops.platform.Jobs;
import dev.mlops.platform.Platform;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Trains on the platform: the service's image, with the request and its files in a layer more, runs
 * as a job. The artifact is fetched from the pod while that still stands.
 *
 * @param image the service's, without a model
 * @param layout where the image is written
 */
public record JobTrainer(
    Platform platform, ImageBuilder builder, ImageSpec image, Path layout, Jobs.Room room)
    implements Trainer {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public void train(
      TrainingRequest request, Path into, Consumer<String> progress, Consumer<String> warning)
      throws IOException, InterruptedException {
    Digest digest = publish(request, progress);
    Jobs.Spec job = job(request.verb(), digest);
    var events = new ServiceEvents(progress, warning);
    try (Jobs.Running running = platform.jobs().start(job, progress)) {
      running.follow(line -> {
        events.take(line.text());
        return events.result().isEmpty();
      });
      fetch(running, events.result().orElseThrow(() -> lost("It ended without one.")), into);
    }
  }

  private Digest publish(TrainingRequest request, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("mlops-training-");
    try {
      stage(request, folder);
      ImageSpec spec = image.withTraining(folder);
      BuiltImage built =
          builder.find(spec, layout).isPresent()
              ? builder.find(spec, layout).get()
              : builder.build(spec, layout, progress);
      if (!platform.images().has(built.digest())) {
        platform.images().publish(layout, built.digest(), progress);
      }
      return built.digest();
    } finally {
      FileTree.delete(folder);
    }
  }

  /** The same request, whose files lie where they do in the image. */
  private static void stage(TrainingRequest request, Path folder) throws IOException {
    ObjectNode json = request.json().deepCopy();
    for (Map.Entry<String, Path> file : request.files().entrySet()) {
      String name = file.getKey() + "/" + file.getValue().getFileName();
      Files.createDirectories(folder.resolve(file.getKey()));
      Files.copy(file.getValue(), folder.resolve(name));
      json.put(file.getKey(), ImageSpec.TRAINING + "/" + name);
    }
    JSON.writeValue(folder.resolve("request.json").toFile(), json);
  }

  private Jobs.Spec job(String verb, Digest digest) {
    // Of the inputs and of what it may use, so that a run that was cut off is picked up, but one
    // with more memory is another.
    String key = Digest.of(digest + " " + room).brief();
    return new Jobs.Spec(
        image.name() + "-" + verb + "-" + key,
        digest,
        List.of(
            verb,
            "--request",
            ImageSpec.TRAINING + "/request.json",
            "--out",
            "$(" + Jobs.FOLDER + ")/model",
            "--offer",
            "$(" + Jobs.PORT + ")"),
        Map.of(),
        1,
        room);
  }

  private static void fetch(Jobs.Running running, JsonNode result, Path into)
      throws IOException, InterruptedException {
    Files.createDirectories(into);
    for (JsonNode name : result.path("files")) {
      // A name, and no way out of the folder.
      running.fetch(0, name.asText(), into.resolve(Path.of(name.asText()).getFileName()));
    }
    Digest arrived = Digest.ofFolder(into);
    if (!arrived.toString().equals(result.path("digest").asText())) {
      throw lost("It is " + arrived + ", not " + result.path("digest").asText() + ".");
    }
  }

  private static RuntimeException lost(String why) {
    return Code.JOB_RESULT.problem(
        "The model did not come over from the training job", why, "Run the command again.");
  }
}
