package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Asks a service of the user's own for its readiness through the endpoint, as nothing is known of
 * its predictions. The value is the address that answered.
 */
public final class AwaitAnswer implements Step<URI> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 30;

  private final Ref<Status> status;
  private final String path;

  public AwaitAnswer(Ref<Status> status, String path) {
    this.status = status;
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

  private URI address() {
    URI endpoint =
        status
            .get()
            .endpoint()
            .orElseThrow(() ->
                Code.ENDPOINT_SILENT.problem("The service has no address", "", "mlops status"));
    return endpoint.resolve(path);
  }

  @Override
  public Finding<URI> inspect() throws InterruptedException {
    try {
      ask();
      return new Finding.InSync<>(address());
    } catch (IOException e) {
      return new Finding.Differs<>(address() + " does not answer");
    }
  }

  @Override
  public URI ensure(Consumer<String> progress) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        ask();
        return address();
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw Code.ENDPOINT_SILENT.problem(address() + " does not answer", "", "mlops logs", e);
        }
        progress.accept("no answer yet");
        Thread.sleep(Duration.ofSeconds(1));
      }
    }
  }

  @Override
  public String describe(URI address) {
    return address + " answers";
  }

  private void ask() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      HttpRequest request = HttpRequest.newBuilder(address()).timeout(TIMEOUT).build();
      int answer = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (answer != 200) {
        throw new IOException("status " + answer);
      }
    }
  }
}
