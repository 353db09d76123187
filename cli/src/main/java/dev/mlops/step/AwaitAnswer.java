package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.Forwards;
import dev.mlops.platform.Status;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Asks a service of the user's own for its readiness through the endpoint, as nothing is known of
 * its predictions. The value is false if it is paused, and was not asked.
 */
public final class AwaitAnswer implements Step<Boolean> {
  private static final int ATTEMPTS = 30;

  private final Ref<Status> status;
  private final Forwards forwards;
  private final String path;

  public AwaitAnswer(Ref<Status> status, Forwards forwards, String path) {
    this.status = status;
    this.forwards = forwards;
    this.path = path;
  }

  @Override
  public String id() {
    return "await-answer";
  }

  @Override
  public String title() {
    return "Verify the answer";
  }

  @Override
  public List<Ref<?>> needs() {
    return List.of(status);
  }

  @Override
  public Finding<Boolean> inspect() throws InterruptedException {
    return switch (status.get().state()) {
      case PAUSED -> new Finding.InSync<>(false);
      case RUNNING, DEGRADED, ABSENT -> look();
    };
  }

  private Finding<Boolean> look() throws InterruptedException {
    try (Endpoint endpoint = Endpoint.of(status.get(), forwards)) {
      return new Finding.InSync<>(ask(endpoint));
    } catch (IOException e) {
      return new Finding.Differs<>("the service does not answer");
    }
  }

  @Override
  public Boolean ensure(Consumer<String> progress) throws InterruptedException {
    try (Endpoint endpoint = Endpoint.of(status.get(), forwards)) {
      return endpoint.eventually(ATTEMPTS, progress, () -> ask(endpoint));
    }
  }

  @Override
  public String describe(Boolean answers) {
    return answers ? path + " answers" : "paused: not asked";
  }

  private boolean ask(Endpoint endpoint) throws IOException, InterruptedException {
    endpoint.send(endpoint.request(path).build());
    return true;
  }
}
