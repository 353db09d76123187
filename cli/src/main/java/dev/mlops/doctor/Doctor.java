package dev.mlops.doctor;

import dev.mlops.lifecycle.PreflightRecipe;
import dev.mlops.lifecycle.Project;
import dev.mlops.lifecycle.TraceCheck;
import dev.mlops.platform.Check;
import dev.mlops.platform.Checks;
import dev.mlops.platform.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks at everything that an environment needs, from its config to a real prediction. Platforms
 * put their own rungs in the middle.
 *
 * @param projects reads the config; throws what is wrong with it
 * @param platforms opens the environment's platform
 */
public record Doctor(Supplier<Project> projects, Function<Project, Platform> platforms) {
  private static final Checks.Wanted UNKNOWN =
      new Checks.Wanted(Optional.empty(), List.of(), Optional.empty());

  /**
   * @param story takes the title of what is being looked at
   * @return every rung, in the order of the ladder; only the config's if that is broken
   */
  public List<Examination> examine(Consumer<String> story) throws InterruptedException {
    var ladder = new Ladder(story);
    var config = new ConfigCheck(projects, platforms);
    ladder.climb(List.of(config));
    if (config.opened().isPresent()) {
      climb(ladder, config.opened().get());
    }
    return ladder.seen();
  }

  private static void climb(Ladder ladder, ConfigCheck.Opened opened) throws InterruptedException {
    Project project = opened.project();
    Platform platform = opened.platform();
    ladder.climb(ownRungs(project));
    Checks.Wanted wanted = ladder.isBroken() ? UNKNOWN : PreflightRecipe.wanted(project);
    ladder.climb(platform.checks().before(wanted));
    ladder.climb(platform.checks().running(wanted));
    ladder.climb(
        List.of(
            AddressCheck.of(project, platform),
            PredictionCheck.of(project, platform),
            new WorkflowsCheck(project.root()),
            new RunIdentityCheck(project, platform, System.getenv())));
  }

  private static List<Check> ownRungs(Project project) {
    List<Check> rungs =
        new ArrayList<>(
            List.of(
                new DataCheck(project),
                new ModelCheck(project),
                new ManifestsCheck(project),
                new ImageCheck(project.layout())));
    TraceCheck.of(project).ifPresent(rungs::add);
    return rungs;
  }
}
