package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.Forwards;
import dev.mlops.platform.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sends the golden rows, whose predictions training recorded, to the endpoint and compares the
 * answers. The value is the number of rows that came out the same.
 */
public final class VerifyPrediction implements Step<Integer> {
  private static final int ATTEMPTS = 5;

  private final Ref<Status> status;
  private final Forwards forwards;
  private final Path golden;

  /**
   * @param golden the artifact's golden.json
   */
  public VerifyPrediction(Ref<Status> status, Forwards forwards, Path golden) {
    this.status = status;
    this.forwards = forwards;
    this.golden = golden;
  }

  @Override
  public String id() {
    return "verify-prediction";
  }

  @Override
  public String title() {
    return "Verify predictions";
  }

  @Override
  public List<Ref<?>> needs() {
    return List.of(status);
  }

  @Override
  public Finding<Integer> inspect() throws InterruptedException {
    return switch (status.get().state()) {
      case PAUSED -> new Finding.InSync<>(0);
      case RUNNING, DEGRADED, ABSENT -> look();
    };
  }

  private Finding<Integer> look() throws InterruptedException {
    try (Endpoint endpoint = Endpoint.of(status.get(), forwards)) {
      return new Finding.InSync<>(GoldenRows.read(golden).compare(endpoint));
    } catch (IOException e) {
      return new Finding.Differs<>("the service does not answer");
    }
  }

  @Override
  public Integer ensure(Consumer<String> progress) throws InterruptedException {
    GoldenRows rows = GoldenRows.read(golden);
    try (Endpoint endpoint = Endpoint.of(status.get(), forwards)) {
      return endpoint.eventually(ATTEMPTS, progress, () -> rows.compare(endpoint));
    }
  }

  @Override
  public String describe(Integer rows) {
    return rows == 0 ? "paused: not asked" : rows + " golden rows predicted as in training";
  }
}
