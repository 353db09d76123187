package dev.mlops.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that says what the config is.
 *
 * @param folder where the search for {@code mlops.yaml} begins; it goes on in the parents
 * @param file the file itself, if it was named
 * @param environment as on the command line
 * @param flag by which it was named there
 * @param sets {@code KEY=VALUE}, as on the command line; a later one wins
 * @param variables of the process, such as {@code MLOPS_MODEL_GATE_ACCURACY}
 */
public record ConfigSource(
    Path folder,
    Optional<Path> file,
    Optional<String> environment,
    String flag,
    List<String> sets,
    Map<String, String> variables) {
  private static final String USUAL_FLAG = "--env";

  public ConfigSource {
    sets = List.copyOf(sets);
    variables = Map.copyOf(variables);
  }

  /** With the environment as {@code --env} names it. */
  public ConfigSource(
      Path folder,
      Optional<Path> file,
      Optional<String> environment,
      List<String> sets,
      Map<String, String> variables) {
    this(folder, file, environment, USUAL_FLAG, sets, variables);
  }

  /** The same for another environment, whichever was asked for. */
  public ConfigSource in(String named) {
    return in(named, USUAL_FLAG);
  }

  /**
   * The same.
   *
   * @param by the flag that named it
   */
  public ConfigSource in(String named, String by) {
    return new ConfigSource(folder, file, Optional.of(named), by, sets, variables);
  }

  /** The same with more on top, {@code KEY=VALUE} each. */
  public ConfigSource with(String... more) {
    return new ConfigSource(
        folder,
        file,
        environment,
        flag,
        Stream.concat(sets.stream(), Stream.of(more)).toList(),
        variables);
  }

  /** What is there in a folder, with nothing set on top. */
  public static ConfigSource of(Path folder) {
    return new ConfigSource(folder, Optional.empty(), Optional.empty(), List.of(), Map.of());
  }
}
