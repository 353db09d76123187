package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Release;
import dev.mlops.platform.Status;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares the golden rows of the release that runs, which may have another model than the one that
 * is here. The value says what was done.
 */
public final class VerifyRelease implements Step<String> {
  private static final int ATTEMPTS = 5;

  private final Ref<Status> status;
  private final Platform platform;
  private final Path artifact;

  /** What is known before the service is asked. */
  private sealed interface Expected {
    record Rows(GoldenRows golden) implements Expected {}

    record None(String why) implements Expected {}
  }

  /**
   * @param artifact folder of the model that was trained here last
   */
  public VerifyRelease(Ref<Status> status, Platform platform, Path artifact) {
    this.status = status;
    this.platform = platform;
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
    return switch (expected()) {
      case Expected.None none -> new Finding.InSync<>("not compared: " + none.why());
      case Expected.Rows rows -> look(rows.golden());
    };
  }

  private Finding<String> look(GoldenRows golden) throws InterruptedException {
    try (Endpoint endpoint = Endpoint.of(status.get(), platform.forwards())) {
      return new Finding.InSync<>(words(golden.compare(endpoint)));
    } catch (IOException e) {
      return new Finding.Differs<>("the service does not answer");
    }
  }

  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    return switch (expected()) {
      case Expected.None none -> "not compared: " + none.why();
      case Expected.Rows rows -> {
        try (Endpoint endpoint = Endpoint.of(status.get(), platform.forwards())) {
          yield words(
              endpoint.eventually(ATTEMPTS, progress, () -> rows.golden().compare(endpoint)));
        }
      }
    };
  }

  /** That its rows can't be read is no fault of what runs. */
  private Expected expected() throws InterruptedException {
    Optional<Release> release = status.get().release();
    if (release.isEmpty()) {
      return new Expected.None("what runs is no release of mlops");
    }
    try {
      return GoldenRows.of(artifact, release.get(), platform.images())
          .<Expected>map(Expected.Rows::new)
          .orElse(new Expected.None("the image of the release has no golden rows"));
    } catch (MlopsException e) {
      return new Expected.None(e.problem().message());
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
