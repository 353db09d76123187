package dev.mlops.loadtest;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans for tests: ten users without a wait, for one second, unless told otherwise. */
public final class PlanFor {
  private URI target;
  private List<Task> tasks = new ArrayList<>();
  private Load load = new Load.Closed(Profile.constant(10), 1_000_000, Wait.NONE);
  private Duration warmUp = Duration.ZERO;
  private Duration duration = Duration.ofSeconds(1);
  private Duration timeout = Duration.ofSeconds(10);
  private LoadPlan.Bounds bounds = LoadPlan.Bounds.USUAL;
  private LoadPlan.Goals goals = new LoadPlan.Goals(List.of(), List.of());

  public PlanFor(URI target) {
    this.target = target;
  }

  /** Of a target that is told with {@link #to}. */
  PlanFor() {}

  PlanFor(StubServer server) {
    this(server.address());
  }

  PlanFor to(URI other) {
    target = other;
    return this;
  }

  PlanFor users(int users, String wait) {
    return load(new Load.Closed(Profile.constant(users), 1_000_000, Wait.parse(wait)));
  }

  PlanFor users(String profile, double spawnRate, String wait) {
    return load(new Load.Closed(Profile.parse(profile), spawnRate, Wait.parse(wait)));
  }

  PlanFor rate(String profile) {
    return load(new Load.Open(Profile.parse(profile), Load.CONNECTIONS));
  }

  PlanFor load(Load other) {
    load = other;
    return this;
  }

  PlanFor warmUp(long millis) {
    warmUp = Duration.ofMillis(millis);
    return this;
  }

  PlanFor millis(long millis) {
    duration = Duration.ofMillis(millis);
    return this;
  }

  PlanFor timeout(long millis) {
    timeout = Duration.ofMillis(millis);
    return this;
  }

  PlanFor gates(String... gates) {
    goals = new LoadPlan.Goals(parsed(gates), goals.abortOn());
    return this;
  }

  PlanFor abortOn(String... gates) {
    goals = new LoadPlan.Goals(goals.gates(), parsed(gates));
    return this;
  }

  PlanFor bounds(LoadPlan.Bounds other) {
    bounds = other;
    return this;
  }

  PlanFor task(Task task) {
    tasks.add(task);
    return this;
  }

  PlanFor sends(Payloads payloads) {
    return task(predict(Map.of(), payloads));
  }

  PlanFor sends(Map<String, String> headers, Payloads payloads) {
    return task(predict(headers, payloads));
  }

  static Task predict(Map<String, String> headers, Payloads payloads) {
    return new Task(
        "predict",
        1,
        new Task.Request("POST", "/predict", headers, payloads),
        Expect.SUCCESS,
        Optional.empty());
  }

  private static List<Gate> parsed(String... gates) {
    return List.of(gates).stream().map(Gate::parse).toList();
  }

  public LoadPlan plan() {
    if (tasks.isEmpty()) {
      sends(new Payloads.Literal("{\"a\":1}"));
    }
    return new LoadPlan(
        target, tasks, load, new LoadPlan.Timing(warmUp, duration, timeout), bounds, goals, 1);
  }
}
