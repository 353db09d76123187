package dev.mlops.step;

import dev.mlops.image.BuiltImage;
import dev.mlops.image.OciLayout;
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
 * Asks an environment for what the image that it runs has to answer: the golden rows that lie in it
 * or, of a service of the user's own, its readiness. The value says what was done.
 */
public final class VerifyImage implements Step<String> {
  private static final int ATTEMPTS = 30;

  /**
   * @param layout of the image
   * @param readiness path that is asked where the image has no golden rows
   */
  public record Expected(Ref<BuiltImage> image, Path layout, String readiness) {}

  private final String environment;
  private final Ref<Status> status;
  private final Forwards forwards;
  private final Expected expected;

  public VerifyImage(String environment, Ref<Status> status, Forwards forwards, Expected expected) {
    this.environment = environment;
    this.status = status;
    this.forwards = forwards;
    this.expected = expected;
  }

  @Override
  public String id() {
    return "verify-" + environment;
  }

  @Override
  public String title() {
    return "Verify " + environment;
  }

  @Override
  public List<Ref<?>> needs() {
    return List.of(status, expected.image());
  }

  @Override
  public Finding<String> inspect() throws InterruptedException {
    if (status.get().state() == Status.State.PAUSED) {
      return new Finding.InSync<>("paused: not asked");
    }
    Optional<GoldenRows> golden = golden();
    try (Endpoint endpoint = Endpoint.of(status.get(), forwards)) {
      return new Finding.InSync<>(ask(endpoint, golden));
    } catch (IOException e) {
      return new Finding.Differs<>("the service does not answer");
    }
  }

  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    Optional<GoldenRows> golden = golden();
    try (Endpoint endpoint = Endpoint.of(status.get(), forwards)) {
      return endpoint.eventually(ATTEMPTS, progress, () -> ask(endpoint, golden));
    }
  }

  @Override
  public String describe(String done) {
    return done;
  }

  private String ask(Endpoint endpoint, Optional<GoldenRows> golden)
      throws IOException, InterruptedException {
    if (golden.isPresent()) {
      return golden.get().compare(endpoint) + " golden rows predicted as in training";
    }
    endpoint.send(endpoint.request(expected.readiness()).build());
    return expected.readiness() + " answers";
  }

  /** Those in the image: the artifact's folder may hold another model by now. */
  private Optional<GoldenRows> golden() {
    return GoldenRows.in(OciLayout.open(expected.layout()));
  }
}
