package dev.mlops.ci;

import dev.mlops.config.Ci;
import dev.mlops.config.ConfigLoader;
import dev.mlops.config.ConfigSource;
import dev.mlops.config.LoadedConfig;
import dev.mlops.config.Model;
import dev.mlops.config.Name;
import dev.mlops.config.PlatformKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which branch goes where: what the workflows are written from.
 *
 * @param routes in the order of {@code ci.branches}
 * @param preview where previews of pull requests run; absent: there are none
 * @param trained whether a model is trained, or the service is the user's own
 */
public record Delivery(List<Route> routes, Optional<Place> preview, boolean trained) {
  private static final String PRODUCTION = "prod";
  private static final String DEVELOPMENT = "dev";
  private static final List<String> TRUNKS = List.of("main", "master");

  /**
   * An environment and what stands below it.
   *
   * @param registry images are pushed there; absent where the platform has its own
   */
  public record Place(String environment, PlatformKind platform, Optional<String> registry) {
    boolean isGitHubs() {
      return platform == PlatformKind.KUBERNETES
          && registry.filter(name -> name.startsWith("ghcr.io/")).isPresent();
    }

    boolean isKeyless() {
      return platform != PlatformKind.LOCAL;
    }
  }

  /** A branch and the environment that its pushes are deployed to. */
  public record Route(String branch, Place place) {}

  public Delivery {
    routes = List.copyOf(routes);
  }

  /**
   * Reads the config once for each environment.
   *
   * @throws dev.mlops.problem.MlopsException with all problems of the config
   */
  public static Delivery of(ConfigSource source) {
    List<String> environments = ConfigLoader.environments(source);
    LoadedConfig first = in(source, fallback(environments));
    Ci ci = first.config().ci();
    List<Route> routes = new ArrayList<>();
    for (String branch : ci.branches()) {
      routes.add(new Route(branch, place(in(source, environment(branch, environments)))));
    }
    Optional<Place> preview =
        ci.preview()
            .environment()
            .map(Name::text)
            .or(() -> Optional.of(DEVELOPMENT).filter(environments::contains))
            .map(name -> place(in(source, name)));
    return new Delivery(routes, preview, first.config().model().kind() != Model.Kind.IMAGE);
  }

  /** What a project has that nobody has set up any further: all of it on the runner. */
  public static Delivery onRunner(boolean trained) {
    var place = new Place(DEVELOPMENT, PlatformKind.LOCAL, Optional.empty());
    return new Delivery(
        List.of(new Route("main", place), new Route("dev", place)), Optional.of(place), trained);
  }

  /** Environments that pushes are deployed to, each once. */
  public List<Place> places() {
    return routes.stream().map(Route::place).distinct().toList();
  }

  private static LoadedConfig in(ConfigSource source, String environment) {
    return ConfigLoader.loadWithoutFiles(source.in(environment));
  }

  private static Place place(LoadedConfig loaded) {
    return new Place(
        loaded.environment(), loaded.config().platform(), loaded.config().kubernetes().registry());
  }

  private static String environment(String branch, List<String> environments) {
    if (environments.contains(branch)) {
      return branch;
    }
    return TRUNKS.contains(branch) && environments.contains(PRODUCTION)
        ? PRODUCTION
        : fallback(environments);
  }

  private static String fallback(List<String> environments) {
    return environments.contains(DEVELOPMENT) ? DEVELOPMENT : ConfigLoader.NO_ENVIRONMENT;
  }
}
