package dev.mlops.service.batch;

import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.artifact.ArtifactFolder;
import dev.mlops.service.problem.Code;
import dev.mlops.service.train.ImportRequestReader;
import dev.mlops.service.train.OnnxImport;
import dev.mlops.service.train.RequestReader;
import dev.mlops.service.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@code train} and {@code import}, with {@code --request FILE.json --out DIR [--offer PORT]}: from
 * a request to an artifact, which is then offered at the port.
 */
final class TrainCommand {
  private TrainCommand() {}

  static Map<String, Object> train(Arguments arguments, Events events) {
    return run(arguments, request -> new Training(RequestReader.read(request), events).run());
  }

  /** Of a model in ONNX form. */
  static Map<String, Object> takeIn(Arguments arguments, Events events) {
    return run(
        arguments, request -> new OnnxImport(ImportRequestReader.read(request), events).run());
  }

  private static Map<String, Object> run(Arguments arguments, Function<Path, Artifact> maker) {
    Path out = Path.of(arguments.get("--out"));
    ArtifactFolder folder = new ArtifactFolder(out);
    recover(folder, out);
    Artifact artifact = maker.apply(Path.of(arguments.get("--request")));
    publish(folder, artifact, out);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("artifact", out.toString());
    result.put("digest", Artifact.digest(out));
    result.put("files", names(out));
    result.put("task", artifact.schema().task().word());
    result.put("metrics", artifact.card().metrics());
    result.put("rows", artifact.card().document().get("rows"));
    return result;
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /** Before the work, so that a folder that can't be written to is known at once. */
  private static void recover(ArtifactFolder folder, Path out) {
    try {
      folder.recover();
    } catch (IOException e) {
      throw unwritable(out, e);
    }
  }

  private static void publish(ArtifactFolder folder, Artifact artifact, Path out) {
    try {
      folder.publish(artifact);
    } catch (IOException e) {
      throw unwritable(out, e);
    }
  }

  private static RuntimeException unwritable(Path out, IOException e) {
    return Code.ARTIFACT.problem(
        "Can't write the model to " + out,
        e.toString(),
        "Check the folder's rights and free space");
  }
}
