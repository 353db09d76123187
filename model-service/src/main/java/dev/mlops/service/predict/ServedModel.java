package dev.mlops.service.predict;

import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.artifact.Card;
import dev.mlops.service.artifact.GoldenRow;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Target;
import dev.mlops.service.drift.DriftProfile;
import dev.mlops.service.drift.DriftWatch;
import dev.mlops.service.model.Model;
import dev.mlops.service.telemetry.MetricSource;
import dev.mlops.service.telemetry.MetricsPage;
import dev.mlops.service.telemetry.Tally;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A model in memory with a lane for each thread that serves, and the metrics of them all. */
public final class ServedModel implements MetricSource {
  private static final String TRIBUO = "tribuo_protobuf";
  private static final String ONNX = "onnx_onnxv1";

  private final Card card;
  private final Schema schema;
  private final String digest;
  private final Identity identity;
  private final Map<String, Object> sample;
  private final Model model;
  private final DriftProfile profile;
  private final List<Lane> lanes;
  private final DriftWatch drift;
  private volatile Optional<Batcher> batcher = Optional.empty();

  /**
   * @param digest of the artifact, {@code sha256:<hex>}
   * @param threads how many lanes to lay
   */
  public ServedModel(Artifact artifact, String digest, int threads) {
    this.card = artifact.card();
    this.schema = artifact.schema();
    this.digest = digest;
    this.identity = Identity.of(card.name(), digest);
    this.sample = artifact.golden().stream().map(GoldenRow::input).findFirst().orElse(Map.of());
    this.model = Model.load(artifact);
    this.profile = new DriftProfile(artifact.profile(), schema.target().name());
    this.lanes = Stream.generate(this::spareLane).limit(threads).toList();
    this.drift = new DriftWatch(digest, profile, lanes.stream().map(Lane::drift).toList());
  }

  public Lane lane(int thread) {
    return lanes.get(thread);
  }

  /** From now on the rows of several requests are predicted together. */
  public void batch(Batching batching) {
    batcher = Optional.of(new Batcher(model, batching, lanes));
  }

  /** Who predicts rows together, if anybody does; then {@link #lane} is not to be used. */
  public Optional<Batcher> batcher() {
    return batcher;
  }

  /** A lane whose predictions no metric shows: for trying the model before it serves. */
  public Lane spareLane() {
    return new Lane(schema, identity, model.predictor(), profile);
  }

  public Schema schema() {
    return schema;
  }

  /** How far what is asked for is from what was trained on. */
  public DriftWatch drift() {
    return drift;
  }

  /** A request body that training predicted; empty if it left none. */
  public Map<String, Object> sample() {
    return sample;
  }

  /** The model's format, as the Open Inference Protocol names platforms. */
  public String platform() {
    return card.isOnnx() ? ONNX : TRIBUO;
  }

  public Identity identity() {
    return identity;
  }

  /**
   * How far a score may be from training's, as a share: decimals come back as the very doubles they
   * were, so this is for another CPU's arithmetic, in double or in float.
   */
  public double tolerance() {
    return card.isOnnx() ? 1e-5 : 1e-9;
  }

  /** Name, version and digest, as the log shows them. */
  public String title() {
    return card.name() + " " + card.version() + " (" + digest + ")";
  }

  @Override
  public void writeTo(MetricsPage page) {
    page.gauge("model_info", "The model that serves.");
    page.sample(
        1,
        "name",
        card.name(),
        "version",
        card.version(),
        "digest",
        digest,
        "kind",
        card.algorithm());
    page.counter("model_predictions_total", "Rows predicted, by predicted class.");
    long[] counts =
        Tally.sum(lanes.stream().map(Lane::predictions).toList(), schema.target().scores());
    switch (schema.target()) {
      case Target.Quantity _ -> page.sample(counts[0]);
      case Target.Classes(_, List<String> names) -> {
        for (int i = 0; i < counts.length; i++) {
          page.sample(counts[i], "class", names.get(i));
        }
      }
    }
    drift.writeTo(page);
    batcher.ifPresent(together -> together.writeTo(page));
  }
}
