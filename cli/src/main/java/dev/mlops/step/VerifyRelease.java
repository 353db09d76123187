package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.Forwards;
import dev.mlops.platform.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares the golden rows where they are those of the release that runs: it may be older than the
 * model that is here. The value says what was done.
 */
public final class VerifyRelease implements Step<String> {
  private static final int ATTEMPTS = 5;

  private final Ref<Status> status;
  private final Forwards forwards;
  private final Path artifact;

  /**
   * @param artifact folder of the model that was trained here last
   */
  public VerifyRelease(Ref<Status> status, Forwards forwards, Path artifact) {
    this.status = status;
    this.forwards = forwards;
    this.artifact = artifact;
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
  public Finding<String> inspect() throws InterruptedException {
    if (status.get().state() == Status.State.PAUSED) {
      return new Finding.InSync<>("paused: not asked");
    }
    Optional<GoldenRows> golden = GoldenRows.of(artifact, status.get().release());
    return golden.isEmpty()
        ? new Finding.InSync<>("not compared: the release has another model than the one here")
        : look(golden.get());
  }

  private Finding<String> look(GoldenRows golden) throws InterruptedException {
    try (Endpoint endpoint = Endpoint.of(status.get(), forwards)) {
      return new Finding.InSync<>(words(golden.compare(endpoint)));
    } catch (IOException e) {
      return new Finding.Differs<>("the service does not answer");
    }
  }

  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    GoldenRows golden = GoldenRows.of(artifact, status.get().release()).orElseThrow();
    try (Endpoint endpoint = Endpoint.of(status.get(), forwards)) {
      return words(endpoint.eventually(ATTEMPTS, progress, () -> golden.compare(endpoint)));
    }
  }

  @Override
  public String describe(String done) {
    return done;
  }

  private static String words(int rows) {
    return rows + " golden rows predicted as in training";
  }
}
