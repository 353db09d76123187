package dev.mlops.service.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.mlops.service.http.Content;
import dev.mlops.service.http.Request;
import dev.mlops.service.http.Response;
import dev.mlops.service.http.Route;
import dev.mlops.service.http.Status;
import dev.mlops.service.predict.ServedModel;
import dev.mlops.service.telemetry.MetricSource;
import dev.mlops.service.telemetry.MetricsPage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the service answers where, and in which state of its life it is. */
public final class Endpoints {
  public static final String PREDICT = "/predict";
  public static final String METRICS = "/metrics";

  private static final byte[] ALIVE = "{\"status\":\"alive\"}".getBytes(US_ASCII);

  private final List<MetricSource> metrics = new CopyOnWriteArrayList<>();
  private final PredictHandler predict = new PredictHandler();
  private final List<Route> routes;
  private volatile State state = State.STARTING;

  private enum State {
    STARTING(Status.UNAVAILABLE, "starting"),
    READY(Status.OK, "ready"),
    DRAINING(Status.UNAVAILABLE, "draining");

    private final Status status;

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final byte[] body;

    State(Status status, String word) {
      this.status = status;
      this.body = ("{\"status\":\"" + word + "\"}").getBytes(US_ASCII);
    }
  }

  public Endpoints(String livenessPath, String readinessPath) {
    routes =
        List.of(
            Route.post(PREDICT, predict),
            Route.health(livenessPath, (_, response) -> answer(response, Status.OK, ALIVE)),
            Route.health(readinessPath, this::readiness),
            Route.get(METRICS, this::metrics));
  }

  public List<Route> routes() {
    return routes;
  }

  /** Shows these metrics, too. */
  public void show(MetricSource more) {
    metrics.add(more);
  }

  /** Serves the model from now on. */
  public void ready(ServedModel model) {
    show(model);
    predict.serve(model);
    state = State.READY;
  }

  /** Says from now on that it is not ready, and goes on answering. */
  public void drain() {
    state = State.DRAINING;
  }

  private void readiness(Request request, Response response) {
    State now = state;
    answer(response, now.status, now.body);
  }

  private void metrics(Request request, Response response) {
    MetricsPage page = new MetricsPage();
    metrics.forEach(source -> source.writeTo(page));
    response.body().append(page.bytes());
    response.send(Status.OK, Content.METRICS);
  }

  private static void answer(Response response, Status status, byte[] body) {
    response.body().append(body);
    response.send(status, Content.JSON);
  }
}
