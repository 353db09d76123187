package dev.mlops.config;

import dev.mlops.config.YamlNode.Mapping;
import dev.mlops.problem.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the config: a flag goes over an environment variable, that over the file, that over the
 * default. Within the file an environment goes over the rest. Every problem is said at once.
 */
public final class ConfigLoader {
  /** The environment's name where the file has none, and on request: {@code --env default}. */
  public static final String NO_ENVIRONMENT = "default";

  private final Complaints complaints = new Complaints();

  private ConfigLoader() {}

  /**
   * For commands that work on the project's files: these have to be there.
   *
   * @throws dev.mlops.problem.MlopsException with all problems of the config, or if there is none
   */
  public static LoadedConfig load(ConfigSource source) {
    return new ConfigLoader().load(source, true);
  }

  /** The same for commands that only look at what runs, or stop it: no other file is needed. */
  public static LoadedConfig loadWithoutFiles(ConfigSource source) {
    return new ConfigLoader().load(source, false);
  }

  /** The environments that the file defines, in its order; none if there is no readable file. */
  public static List<String> environments(ConfigSource source) {
    var complaints = new Complaints();
    Path file = ConfigFile.find(source);
    return ConfigFile.read(file, file.toString(), complaints)
        .flatMap(text -> YamlTree.readMapping(text, file.toString(), complaints))
        .map(tree -> List.copyOf(Environments.of(tree, complaints).parts().keySet()))
        .orElse(List.of());
  }

  private LoadedConfig load(ConfigSource source, boolean withFiles) {
    Path file = ConfigFile.find(source);
    String label = label(source, file);
    Optional<LoadedConfig> loaded =
        ConfigFile.read(file, label, complaints)
            .flatMap(text -> YamlTree.readMapping(text, label, complaints))
            .flatMap(tree -> bind(source, file, tree));
    if (withFiles) {
      loaded.ifPresent(config -> new NamedFiles(config, complaints).check());
    }
    complaints.throwIfAny(
        Code.CONFIG_INVALID, label, "Correct the lines above, then run the command again.");
    return loaded.orElseThrow();
  }

  private Optional<LoadedConfig> bind(ConfigSource source, Path file, Mapping tree) {
    Environments environments = Environments.of(tree, complaints);
    RecordReader reader = new RecordReader(complaints);
    for (String name : environments.parts().keySet()) {
      reader.read(MlopsConfig.class, environments.in(name));
    }
    String environment = environments.choose(source, complaints);
    Overrides overrides = new Overrides(complaints);
    Mapping whole =
        overrides.applySets(
            overrides.applyVariables(environments.in(environment), source.variables()),
            source.sets());
    return reader
        .read(MlopsConfig.class, whole)
        .map(config -> new LoadedConfig(config, file, environment, origins(whole)));
  }

  private static Map<String, Origin> origins(Mapping whole) {
    Map<String, Origin> origins = new HashMap<>();
    collect(whole, "", origins);
    return origins;
  }

  private static void collect(Mapping mapping, String prefix, Map<String, Origin> origins) {
    mapping
        .entries()
        .forEach((name, entry) -> {
          if (YamlTree.isNull(entry.value())) {
            return;
          }
          origins.put(prefix + name, entry.keyAt());
          if (entry.value() instanceof Mapping inner) {
            collect(inner, prefix + name + ".", origins);
          }
        });
  }

  /** Relative to where the user is, if that is not far away. */
  private static String label(ConfigSource source, Path file) {
    Path from = source.folder().toAbsolutePath().normalize();
    boolean near = Files.isDirectory(from) && from.startsWith(file.getParent());
    Path shown = near || file.startsWith(from) ? from.relativize(file) : file;
    return shown.toString().replace('\\', '/');
  }
}
