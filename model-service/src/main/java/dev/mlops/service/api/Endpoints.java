package dev.mlops.service.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.service.http.Content;
import dev.mlops.service.http.Fault;
import dev.mlops.service.http.Handler;
import dev.mlops.service.http.Request;
import dev.mlops.service.http.Response;
import dev.mlops.service.http.Route;
import dev.mlops.service.http.Status;
import dev.mlops.service.json.Json;
import dev.mlops.service.predict.Identity;
import dev.mlops.service.predict.ServedModel;
import dev.mlops.service.telemetry.MetricSource;
import dev.mlops.service.telemetry.MetricsPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** What the service answers where, and in which state of its life it is. */
public final class Endpoints {
  private final Paths paths;
  private final Health health = new Health();
  private final List<MetricSource> metrics = new CopyOnWriteArrayList<>();
  private final Handler instances = new PredictHandler(this::model, Dialects::instances);
  private final Handler tensors = new PredictHandler(this::model, Dialects::tensors);
  private final List<Route> always;
  private volatile ServedModel model;

  public Endpoints(Paths paths) {
    this.paths = paths;
    List<Route> routes = new ArrayList<>();
    // First come, first served: on Vertex AI its own path may be that of another dialect.
    paths.vertex().predict().ifPresent(path -> routes.add(instances(path)));
    routes.add(Route.post(Paths.PREDICT, new PredictHandler(this::model, Dialects::objects)));
    routes.add(Route.health(paths.liveness(), Health.live()));
    routes.add(Route.health(paths.readiness(), health.status()));
    routes.add(Route.get(Paths.METRICS, this::metrics));
    routes.add(Route.get(Paths.DRIFT, ofModel(served -> served.drift().toJson())));
    routes.add(Route.get(Paths.OPENAPI, ofModel(served -> new OpenApi(served, paths).document())));
    routes.addAll(Page.routes());
    routes.addAll(clouds());
    routes.addAll(protocols());
    always = List.copyOf(routes);
  }

  /** All there are now: those that name the model are there once it is ready. */
  public List<Route> routes() {
    Map<String, Route> routes = new LinkedHashMap<>();
    always.forEach(route -> routes.putIfAbsent(route.path(), route));
    ServedModel served = model;
    if (served != null) {
      naming(served).forEach(route -> routes.putIfAbsent(route.path(), route));
    }
    return List.copyOf(routes.values());
  }

  /** Shows these metrics, too. */
  public void show(MetricSource more) {
    metrics.add(more);
  }

  /** Takes the model that will be served: {@link #routes} are others from now on. */
  public void take(ServedModel loaded) {
    show(loaded);
    model = loaded;
  }

  /** Says from now on that it is ready. */
  public void ready() {
    health.becomeReady();
  }

  /** Says from now on that it is not ready, and goes on answering. */
  public void drain() {
    health.drain();
  }

  private ServedModel model() {
    return model;
  }

  private List<Route> clouds() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.health(Paths.PING, health.status()));
    Handler invocations =
        new PredictHandler(this::model, Dialects::invocations, Dialects.NOT_TAKEN);
    routes.add(Route.post(Paths.INVOCATIONS, invocations));
    paths.vertex().health().ifPresent(path -> routes.add(Route.health(path, health.status())));
    return routes;
  }

  private List<Route> protocols() {
    return List.of(
        Route.get(Paths.V1, ofModel(ModelDocuments::names)),
        Route.get(Paths.V2, (_, response) -> send(response, ModelDocuments.server())),
        Route.health(Paths.V2 + "/health/live", Health.v2Live()),
        Route.health(Paths.V2 + "/health/ready", health.v2Ready()),
        Route.below(Paths.V1, this::unknown).withPlainFaults(),
        Route.below(Paths.V2, this::unknown).withPlainFaults());
  }

  private List<Route> naming(ServedModel served) {
    Identity identity = served.identity();
    List<Route> routes = new ArrayList<>();
    String v1 = Paths.v1(identity);
    routes.add(Route.health(v1, health.modelReady(identity.name())));
    routes.add(instances(v1 + ":predict"));
    for (String v2 : List.of(Paths.v2(identity), Paths.version(identity))) {
      routes.add(Route.get(v2, (_, response) -> send(response, ModelDocuments.model(served))));
      routes.add(Route.health(v2 + "/ready", health.modelReady(identity.name())));
      routes.add(Route.post(v2 + "/infer", tensors).withPlainFaults());
    }
    return routes;
  }

  private Route instances(String path) {
    return Route.post(path, instances).withPlainFaults();
  }

  /** Another model, another version, or too early to tell. */
  private void unknown(Request request, Response response) {
    response.refuse(health.isStarting() ? Fault.NOT_READY : Fault.NOT_FOUND);
  }

  private Handler ofModel(Function<ServedModel, Map<String, Object>> document) {
    return (_, response) -> {
      ServedModel served = model;
      if (served == null) {
        response.refuse(Fault.NOT_READY);
      } else {
        send(response, document.apply(served));
      }
    };
  }

  private void metrics(Request request, Response response) {
    String accept = request.header("accept");
    boolean open = accept != null && accept.contains("application/openmetrics-text");
    MetricsPage page = open ? MetricsPage.ofOpenMetrics() : new MetricsPage();
    metrics.forEach(source -> source.writeTo(page));
    response.body().append(page.bytes());
    response.send(Status.OK, open ? Content.OPEN_METRICS : Content.METRICS);
  }

  private static void send(Response response, Map<String, Object> document) {
    response.body().append(Json.line(document).getBytes(UTF_8));
    response.send(Status.OK, Content.JSON);
  }
}
