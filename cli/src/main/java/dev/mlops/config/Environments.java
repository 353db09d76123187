package dev.mlops.config;

import dev.mlops.config.YamlNode.Entry;
import dev.mlops.config.YamlNode.Items;
import dev.mlops.config.YamlNode.Mapping;
import dev.mlops.config.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The file taken apart: what holds for all environments, and what each puts over it.
 *
 * @param base everything but {@code environments}
 * @param parts by environment, in the order of the file
 */
record Environments(Mapping base, Map<String, Mapping> parts) {
  static final String KEY = "environments";
  private static final List<String> NOT_IN_A_PART = List.of("apiVersion", KEY);

  static Environments of(Mapping file, Complaints complaints) {
    Map<String, Entry> rest = new LinkedHashMap<>(file.entries());
    Entry environments = rest.remove(KEY);
    Map<String, Mapping> parts = new LinkedHashMap<>();
    if (environments != null && !YamlTree.isNull(environments.value())) {
      readParts(environments.value(), parts, complaints);
    }
    return new Environments(new Mapping(file.at(), rest), parts);
  }

  /** The whole of an environment, before variables and flags. */
  Mapping in(String environment) {
    Mapping part = parts.get(environment);
    return part == null ? base : base.overlaidBy(part);
  }

  /** The environment in force: the one asked for, else {@code dev} if there is one, else none. */
  String choose(ConfigSource source, Complaints complaints) {
    Optional<String> flag = source.environment();
    Optional<String> variable =
        Optional.ofNullable(source.variables().get("MLOPS_ENV")).filter(name -> !name.isEmpty());
    Optional<String> asked = flag.or(() -> variable);
    if (asked.isEmpty()) {
      return parts.containsKey("dev") ? "dev" : ConfigLoader.NO_ENVIRONMENT;
    }
    String name = asked.get();
    if (!parts.containsKey(name) && !name.equals(ConfigLoader.NO_ENVIRONMENT)) {
      Origin at =
          flag.isPresent()
              ? new Origin.Flag(source.flag() + " " + name)
              : new Origin.Variable("MLOPS_ENV");
      complaints.add(at, "", unknown(name));
    }
    return name;
  }

  private String unknown(String name) {
    TreeSet<String> known = new TreeSet<>(parts.keySet());
    return known.isEmpty()
        ? "the file defines no environments"
        : "there is no environment '"
            + name
            + "'"
            + DidYouMean.hint(name, known)
            + " (there are: "
            + String.join(", ", known)
            + ")";
  }

  private static void readParts(YamlNode node, Map<String, Mapping> parts, Complaints complaints) {
    if (!(node instanceof Mapping environments)) {
      complaints.add(node.at(), KEY, "expected names with keys; got " + node.describe());
      return;
    }
    environments
        .entries()
        .forEach((name, entry) -> {
          checkName(name, entry.keyAt(), complaints);
          if (YamlTree.isNull(entry.value())) {
            parts.put(name, new Mapping(entry.keyAt(), Map.of()));
          } else if (stamped(entry.value(), name) instanceof Mapping part) {
            parts.put(name, withoutForbiddenKeys(part, complaints));
          } else {
            complaints.add(
                entry.value().at(),
                KEY + "." + name,
                "expected keys with values; got " + entry.value().describe());
          }
        });
  }

  private static void checkName(String name, Origin at, Complaints complaints) {
    if (name.equals(ConfigLoader.NO_ENVIRONMENT)) {
      complaints.add(
          at,
          KEY + "." + name,
          "the name stands for the config without any environment; use another");
      return;
    }
    try {
      new Name(name);
    } catch (IllegalArgumentException e) {
      complaints.add(at, KEY + "." + name, "not a name: " + e.getMessage());
    }
  }

  private static Mapping withoutForbiddenKeys(Mapping part, Complaints complaints) {
    Map<String, Entry> rest = new LinkedHashMap<>(part.entries());
    for (String key : NOT_IN_A_PART) {
      Entry entry = rest.remove(key);
      if (entry != null) {
        complaints.add(entry.keyAt(), key, "can't be set in an environment");
      }
    }
    return new Mapping(part.at(), rest);
  }

  private static YamlNode stamped(YamlNode node, String environment) {
    Origin at = stamped(node.at(), environment);
    return switch (node) {
      case Scalar(Origin _, String text, YamlNode.Kind kind) -> new Scalar(at, text, kind);
      case Items(Origin _, List<YamlNode> values) -> {
        List<YamlNode> copies = new ArrayList<>();
        values.forEach(value -> copies.add(stamped(value, environment)));
        yield new Items(at, copies);
      }
      case Mapping(Origin _, Map<String, Entry> entries) -> {
        Map<String, Entry> copies = new LinkedHashMap<>();
        entries.forEach((key, entry) ->
            copies.put(
                key,
                new Entry(
                    stamped(entry.keyAt(), environment), stamped(entry.value(), environment))));
        yield new Mapping(at, copies);
      }
    };
  }

  private static Origin stamped(Origin origin, String environment) {
    return switch (origin) {
      case Origin.InFile(String file, int line, int column, Optional<String> _) ->
          new Origin.InFile(file, line, column, Optional.of(environment));
      case Origin.Default _, Origin.Variable _, Origin.Flag _ -> origin;
    };
  }
}
