package dev.mlops.lifecycle;

import dev.mlops.config.Local;
import dev.mlops.config.Port;
import dev.mlops.image.BuiltImage;
import dev.mlops.loadtest.Gate;
import dev.mlops.loadtest.Launch;
import dev.mlops.loadtest.LoadDisplay;
import dev.mlops.loadtest.LoadDraft;
import dev.mlops.loadtest.LoadOverrides;
import dev.mlops.loadtest.LoadResult;
import dev.mlops.loadtest.LoadSpec;
import dev.mlops.loadtest.Profile;
import dev.mlops.loadtest.Wait;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.platform.Platform;
import dev.mlops.training.Artifact;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Everything from the data to a measured endpoint, on this machine. */
public final class DemoRecipe {
  private static final int PORTS_TO_TRY = 100;

  /** Short waits and a short time, so that something is to be seen in ten seconds. */
  private static final LoadOverrides SHORT_TEST =
      new LoadOverrides(
          Optional.of(Profile.constant(20)),
          Optional.empty(),
          Optional.of(100.0),
          Optional.of(Wait.parse("20ms..80ms")),
          Optional.of(Duration.ofSeconds(10)),
          Optional.empty(),
          List.of(Gate.parse("errors<1%")),
          List.of(),
          false);

  /** The plan, and what it finds out. */
  public record Demo(Plan plan, Ref<Artifact> model, Ref<BuiltImage> image, Ref<LoadResult> load) {}

  private DemoRecipe() {}

  public static Demo plan(Project project, Platform platform, LoadDisplay display)
      throws InterruptedException {
    Plan plan = new Plan();
    PreflightRecipe.addTo(plan, project, platform);
    Ref<Artifact> model = TrainRecipe.addTo(plan, project, platform);
    Ref<BuiltImage> image = BuildRecipe.addTo(plan, project, model);
    Ref<String> verified = DeployRecipe.addVerified(plan, project, platform, image);
    LoadOrder order =
        new LoadOrder(
            new LoadDraft(LoadSpec.defaults(), SHORT_TEST),
            Optional.empty(),
            Launch.here(),
            Optional.empty(),
            display,
            Optional.empty());
    Ref<LoadResult> load = LoadRecipe.addTo(plan, project, platform, order, List.of(verified));
    return new Demo(plan, model, image, load);
  }

  /** The usual port, or the next one that nobody listens on. */
  public static Port freePort() {
    int first = Local.DEFAULT_PORT.number();
    for (int port = first; port < first + PORTS_TO_TRY; port++) {
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return new Port(port);
      } catch (IOException e) {
        // Taken: the next one.
      }
    }
    return Local.DEFAULT_PORT;
  }
}
