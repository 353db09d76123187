package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.Manifests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Roles made of the table of {@link Rights}: the reference page shows them, a test lives by them.
 */
final class RoleText {
  /** What `mlops init` writes. */
  static final Path TEMPLATES = Path.of("../templates/project/k8s");

  private RoleText() {}

  /** What the templates' objects need in their namespace, each resource once. */
  static List<Right> required() {
    Stream<Right> managed =
        Manifests.load(TEMPLATES).stream()
            .map(Kind::of)
            .distinct()
            .map(kind -> Rights.manage(kind, Rights.plural(kind)));
    return Rights.merged(Stream.concat(Rights.ALWAYS.stream(), managed).toList());
  }

  static List<Right> optional(Right.Place place) {
    return Rights.OPTIONAL.stream().filter(right -> right.place() == place).toList();
  }

  /** A Role or ClusterRole. */
  static ObjectNode role(String kind, String name, List<Right> rights) {
    ObjectNode role = new ObjectMapper().createObjectNode();
    role.put("apiVersion", "rbac.authorization.k8s.io/v1").put("kind", kind);
    role.putObject("metadata").put("name", name);
    var rules = role.putArray("rules");
    for (Right right : rights) {
      ObjectNode rule = rules.addObject();
      rule.putArray("apiGroups").add(right.group());
      rule.putArray("resources").add(right.resource());
      right.verbs().forEach(rule.putArray("verbs")::add);
    }
    return role;
  }

  /** As people write it: one line for each rule. */
  static String yaml(String kind, String name, List<Right> rights) {
    List<String> lines = new ArrayList<>();
    lines.add("apiVersion: rbac.authorization.k8s.io/v1");
    lines.add("kind: " + kind);
    lines.add("metadata: {name: " + name + "}");
    lines.add("rules:");
    for (Right right : rights) {
      lines.add(
          "  - {apiGroups: [\"%s\"], resources: [%s], verbs: [%s]}"
              .formatted(right.group(), right.resource(), String.join(", ", right.verbs())));
    }
    return String.join("\n", lines) + "\n";
  }
}
