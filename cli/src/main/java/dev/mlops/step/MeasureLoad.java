package dev.mlops.step;

import dev.mlops.loadtest.LoadDisplay;
import dev.mlops.loadtest.LoadListener;
import dev.mlops.loadtest.LoadPlan;
import dev.mlops.loadtest.LoadResult;
import dev.mlops.loadtest.LoadTest;
import dev.mlops.loadtest.Snapshot;
import dev.mlops.loadtest.Totals;
import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Puts load on the endpoint. There is nothing to be in sync with: it always measures anew. */
public final class MeasureLoad implements Step<LoadResult> {
  private final Ref<URI> endpoint;
  private final Function<URI, LoadPlan> plan;
  private final LoadTest test;
  private final LoadDisplay display;
  private final Path reports;

  /**
   * @param plan made once the endpoint is known
   * @param display how each second is shown
   * @param reports folder for the report
   */
  public MeasureLoad(
      Ref<URI> endpoint,
      Function<URI, LoadPlan> plan,
      LoadTest test,
      LoadDisplay display,
      Path reports) {
    this.endpoint = endpoint;
    this.plan = plan;
    this.test = test;
    this.display = display;
    this.reports = reports;
  }

  @Override
  public String id() {
    return "measure-load";
  }

  @Override
  public String title() {
    return "Load test";
  }

  @Override
  public List<Ref<?>> needs() {
    return List.of(endpoint);
  }

  @Override
  public Finding<LoadResult> inspect() {
    return new Finding.Missing<>("a load test of the endpoint");
  }

  @Override
  public LoadResult ensure(Consumer<String> progress) throws InterruptedException {
    LoadPlan load = plan.apply(endpoint.get());
    return test.run(
        load,
        reports,
        new LoadListener() {
          @Override
          public void preparing(String what) {
            progress.accept(what);
          }

          @Override
          public void second(Snapshot snapshot, Map<String, Totals> soFar) {
            progress.accept(display.show(snapshot, load));
          }

          @Override
          public void stopping() {
            progress.accept(display.stopping());
          }
        });
  }

  @Override
  public String describe(LoadResult result) {
    return String.format(Locale.ROOT, "%,.0f requests/s", result.totals().throughput())
        + result
            .totals()
            .latencyMillis()
            .map(latency -> String.format(Locale.ROOT, ", p95 %.2f ms", latency.p95()))
            .orElse("");
  }
}
