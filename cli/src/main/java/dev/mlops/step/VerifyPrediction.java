package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.Forwards;
import dev.mlops.platform.Images;
import dev.mlops.platform.Release;
import dev.mlops.platform.Status;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends golden rows, whose predictions training recorded, to the endpoint and compares the answers.
 * The value says what was done.
 */
public final class VerifyPrediction implements Step<String> {
  private static final int ATTEMPTS = 5;

  /** Which rows these are. */
  @FunctionalInterface
  public interface Golden {
    Expected of(Status running) throws InterruptedException;

    /**
     * Those of the model that was trained here last, as what was just rolled out has it.
     *
     * @param file the artifact's golden.json
     */
    static Golden trained(Path file) {
      return _ -> new Expected.Rows(GoldenRows.read(file));
    }

    /**
     * Those of the release that runs, which may have another model than the one that is here.
     *
     * @param artifact folder of the model that was trained here last
     */
    static Golden released(Path artifact, Images images) {
      return running -> expected(running.release(), artifact, images);
    }
  }

  /** What is known before the service is asked. */
  public sealed interface Expected {
    record Rows(GoldenRows golden) implements Expected {}

    record None(String why) implements Expected {}
  }

  private final Ref<Status> status;
  private final Forwards forwards;
  private final Golden golden;

  public VerifyPrediction(Ref<Status> status, Forwards forwards, Golden golden) {
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
  public Finding<String> inspect() throws InterruptedException {
    if (status.get().state() == Status.State.PAUSED) {
      return new Finding.InSync<>("paused: not asked");
    }
    return switch (golden.of(status.get())) {
      case Expected.None none -> new Finding.InSync<>(words(none));
      case Expected.Rows(GoldenRows rows) -> look(rows);
    };
  }

  private Finding<String> look(GoldenRows rows) throws InterruptedException {
    try (Endpoint endpoint = Endpoint.of(status.get(), forwards)) {
      return new Finding.InSync<>(words(rows.compare(endpoint)));
    } catch (IOException e) {
      return new Finding.Differs<>("the service does not answer");
    }
  }

  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    return switch (golden.of(status.get())) {
      case Expected.None none -> words(none);
      case Expected.Rows(GoldenRows rows) -> ask(rows, progress);
    };
  }

  private String ask(GoldenRows rows, Consumer<String> progress) throws InterruptedException {
    try (Endpoint endpoint = Endpoint.of(status.get(), forwards)) {
      return words(endpoint.eventually(ATTEMPTS, progress, () -> rows.compare(endpoint)));
    }
  }

  @Override
  public String describe(String done) {
    return done;
  }

  /** That its rows can't be read is no fault of what runs. */
  private static Expected expected(Optional<Release> release, Path artifact, Images images)
      throws InterruptedException {
    if (release.isEmpty()) {
      return new Expected.None("what runs is no release of mlops");
    }
    try {
      return GoldenRows.of(artifact, release.get(), images)
          .<Expected>map(Expected.Rows::new)
          .orElse(new Expected.None("the image of the release has no golden rows"));
    } catch (MlopsException e) {
      return new Expected.None(e.problem().message());
    }
  }

  private static String words(Expected.None none) {
    return "not compared: " + none.why();
  }

  private static String words(int rows) {
    return rows + " golden rows predicted as in training";
  }
}
