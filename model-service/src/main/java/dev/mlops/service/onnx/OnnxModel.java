package dev.mlops.service.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.model.Predictor;
import dev.mlops.service.problem.Code;
import java.util.List;
import java.util.Optional;

/** A model in memory, shared by all threads. */
public final class OnnxModel implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Optional<Graph> graph;
  private final List<InputTensor> inputs;
  private final ScoreOutput output;

  private OnnxModel(
      OrtEnvironment environment, OrtSession session, Optional<Graph> graph, int width)
      throws OrtException {
    this.environment = environment;
    this.session = session;
    this.graph = graph;
    this.inputs = InputTensors.of(session.getInputInfo().values(), width);
    this.output = ScoreOutput.among(session.getOutputInfo().values());
  }

  /**
   * @param width how many values a row has; 0 if that is for the model to tell
   * @throws dev.mlops.service.problem.ProblemException if it is no ONNX model, or not one that rows
   *     can be put to
   */
  public static OnnxModel open(byte[] bytes, int width) {
    NativeLibraries.locate();
    Optional<Graph> graph = Graph.of(bytes);
    try {
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "mlops");
      byte[] plain =
          graph.filter(Graph::hasZipMap).isPresent()
              ? graph.get().withoutZipMaps().toByteArray()
              : bytes;
      return new OnnxModel(environment, environment.createSession(plain, options()), graph, width);
    } catch (OrtException | InvalidProtocolBufferException e) {
      throw Code.ONNX_UNREADABLE.problem(
          "This is no ONNX model that can be run",
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "Check it with onnx.checker.check_model; its weights have to be in the one file");
    }
  }

  /** In the order of a row's values. */
  public List<InputTensor> inputs() {
    return inputs;
  }

  /** How many values a row has. */
  public int width() {
    return inputs.stream().mapToInt(InputTensor::columns).sum();
  }

  /** The names of the classes in the order of their scores, if the model tells. */
  public List<String> classes() {
    return graph.map(Graph::classes).orElse(List.of());
  }

  /** The words that an input takes, if the model tells. */
  public List<String> categories(String input) {
    return graph.map(known -> known.categories(input)).orElse(List.of());
  }

  /** How many numbers the model gives for a row, seen from a first run. */
  public int scores(List<Feature> features) {
    int rows = Math.max(1, batch());
    try (Batch first = new Batch(this, features, rows)) {
      double[] zeros = new double[width()];
      for (int i = 0; i < rows; i++) {
        first.put(i, zeros);
      }
      return first.run().length / rows;
    } catch (IllegalStateException e) {
      throw Code.ONNX_UNREADABLE.problem(
          "The model can't be run on a row of zeros", String.valueOf(e.getMessage()), "");
    }
  }

  /** For one thread. */
  public Predictor predictor(Schema schema, Scores scores) {
    return new OnnxPredictor(this, schema, scores);
  }

  /** How many rows one run takes; 0 for any number. */
  int batch() {
    return inputs.stream().mapToInt(InputTensor::batch).max().orElse(0);
  }

  OrtEnvironment environment() {
    return environment;
  }

  OrtSession session() {
    return session;
  }

  ScoreOutput output() {
    return output;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Each event loop runs its own rows: threads inside of a run would be in its way. */
  private static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    return options;
  }
}
