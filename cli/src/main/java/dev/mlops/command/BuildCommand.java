package dev.mlops.command;

import dev.mlops.console.BuildView;
import dev.mlops.image.BuiltImage;
import dev.mlops.image.ImagePusher;
import dev.mlops.lifecycle.BuildRecipe;
import dev.mlops.lifecycle.Project;
import dev.mlops.plan.Mode;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.Platform;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "build",
    description = "Build the image from the trained model; the same input gives the same digest.")
final class BuildCommand implements Callable<Integer> {
  @Option(
      names = "--push",
      paramLabel = "REFERENCE",
      description = "Also push it to HOST/REPOSITORY[:TAG], with Docker's credentials.")
  private Optional<String> push = Optional.empty();

  @Option(
      names = "--plain-http",
      description = "Push without TLS, even to a registry on another machine.")
  private boolean plainHttp;

  private final Mlops mlops;

  BuildCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    Project project = mlops.project();
    Platform platform = mlops.platform(project);
    PlanRun run = new PlanRun(mlops.console(), project, platform);
    try (var _ = mlops.lock(project, "build")) {
      Plan plan = new Plan();
      Ref<BuiltImage> image = BuildRecipe.addTo(plan, project, platform);
      Optional<ImagePusher> pusher = push.map(reference -> new ImagePusher(reference, plainHttp));
      pusher.ifPresent(registry -> BuildRecipe.addPush(plan, project, image, registry));
      RunReport report = run.run(plan, Mode.APPLY);
      String name = pusher.map(ImagePusher::target).orElse(project.config().image().repository());
      return run.finish(
          report,
          () ->
              new BuildView(
                  name + "@" + image.get().digest(), image.get(), List.of("mlops deploy")));
    }
  }
}
