package dev.mlops.config;

import dev.mlops.config.YamlNode.Entry;
import dev.mlops.config.YamlNode.Kind;
import dev.mlops.config.YamlNode.Mapping;
import dev.mlops.config.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What environment variables and {@code --set} put over the file. */
final class Overrides {
  private static final String PREFIX = "MLOPS_";

  /** Variables of the tool itself; no key ever has one of these names. */
  private static final List<String> RESERVED =
      List.of(
          "MLOPS_ENV",
          "MLOPS_HOME",
          "MLOPS_CONFIG",
          "MLOPS_CACHE",
          "MLOPS_OUTPUT",
          "MLOPS_VERBOSE",
          "MLOPS_RELEASES",
          "MLOPS_JAVA_OPTS");

  private static final List<String> RESERVED_PREFIXES = List.of("MLOPS_TEST_", "MLOPS_KUBE_");

  /** What Kubernetes sets in every pod beside a Service whose name begins with "mlops-". */
  private static final Pattern OF_KUBERNETES =
      Pattern.compile("MLOPS_.*(_SERVICE_(HOST|PORT)|_PORT(_[0-9]+_(TCP|UDP|SCTP))?)(_[A-Z]+)?");

  private final Map<String, String> keysByVariable;
  private final Complaints complaints;

  Overrides(Complaints complaints) {
    this.keysByVariable = new TreeMap<>();
    this.complaints = complaints;
    for (String key : KeyPaths.of(MlopsConfig.class)) {
      keysByVariable.put(variable(key), key);
    }
  }

  /**
   * The variable of a key: {@code model.algorithm.maxDepth} has {@code
   * MLOPS_MODEL_ALGORITHM_MAX_DEPTH}.
   */
  static String variable(String key) {
    String words = key.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2");
    return PREFIX + words.toUpperCase(Locale.ROOT);
  }

  Mapping applyVariables(Mapping below, Map<String, String> variables) {
    Mapping result = below;
    for (Map.Entry<String, String> variable : new TreeMap<>(variables).entrySet()) {
      String name = variable.getKey();
      String key = keysByVariable.get(name);
      if (key != null) {
        result = put(result, key, variable.getValue(), new Origin.Variable(name));
      } else if (name.startsWith(PREFIX) && !isReserved(name)) {
        complainIfMeantAsKey(name);
      }
    }
    return result;
  }

  Mapping applySets(Mapping below, List<String> sets) {
    Mapping result = below;
    for (String set : sets) {
      Origin at = new Origin.Flag("--set " + set);
      int equals = set.indexOf('=');
      if (equals <= 0) {
        complaints.add(at, "", "expected KEY=VALUE, such as --set model.gate.accuracy=0.95");
      } else {
        result = put(result, set.substring(0, equals).strip(), set.substring(equals + 1), at);
      }
    }
    return result;
  }

  private Mapping put(Mapping below, String key, String text, Origin at) {
    Optional<YamlNode> value =
        KeyPaths.isText(MlopsConfig.class, key) && !text.isEmpty()
            ? Optional.of(new Scalar(at, text, Kind.TEXT))
            : YamlTree.readValue(text, at, complaints);
    return value.map(node -> below.overlaidBy(nest(key, node, at))).orElse(below);
  }

  private static Mapping nest(String key, YamlNode value, Origin at) {
    List<String> path = new ArrayList<>(List.of(key.split("\\.", -1)));
    YamlNode node = value;
    for (String name : path.reversed()) {
      node = new Mapping(at, Map.of(name, new Entry(at, node)));
    }
    return (Mapping) node;
  }

  private void complainIfMeantAsKey(String name) {
    Optional<String> guess = DidYouMean.nearest(name, keysByVariable.keySet());
    boolean inSection =
        Shape.of(MlopsConfig.class).keys().stream()
            .filter(key -> key.shape() instanceof Shape.Section)
            .anyMatch(key -> name.startsWith(variable(key.name()) + "_"));
    if (guess.isPresent() || inSection) {
      complaints.add(
          new Origin.Variable(name),
          "",
          "no key has this variable"
              + guess.map(near -> "; did you mean " + near + "?").orElse(""));
    }
  }

  private static boolean isReserved(String name) {
    return RESERVED.contains(name)
        || RESERVED_PREFIXES.stream().anyMatch(name::startsWith)
        || OF_KUBERNETES.matcher(name).matches();
  }
}
