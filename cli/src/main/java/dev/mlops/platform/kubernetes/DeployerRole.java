package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What somebody who deploys may do: the smallest Role for these manifests, in the one namespace.
 */
public final class DeployerRole {
  /** On what an environment stands on: no part of a release, and left alone by a deployment. */
  static final String LABEL = "mlops.dev/ground";

  private static final String NAME = "mlops-deployer";
  private static final String API = "rbac.authorization.k8s.io";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Site site;
  private final List<ObjectNode> manifests;
  private final List<String> users;

  /**
   * @param users as the cluster knows those who deploy
   */
  public DeployerRole(
      Cluster cluster,
      KubernetesSettings settings,
      List<ObjectNode> manifests,
      List<String> users) {
    this.site = new Site(cluster, settings);
    this.manifests = List.copyOf(manifests);
    this.users = List.copyOf(users);
  }

  /** Whether it is there, as wanted, in a namespace that is there too. */
  public boolean isThere() {
    Applier applier = applier();
    return new Namespaces(site).exists()
        && objects()
            .allMatch(wanted -> {
              Optional<ObjectNode> live = applier.live(wanted);
              return live.isPresent()
                  && List.of("rules", "roleRef", "subjects").stream()
                      .allMatch(field -> isSame(field, wanted, live.get()));
            });
  }

  public void ensure(Consumer<String> progress) {
    new Namespaces(site).ensure(progress);
    objects().forEach(applier()::apply);
  }

  private static boolean isSame(String field, JsonNode wanted, JsonNode live) {
    return wanted.path(field).equals(live.path(field));
  }

  private Applier applier() {
    return new Applier(site.cluster(), site.namespace(), true);
  }

  private Stream<ObjectNode> objects() {
    return Stream.of(role(), binding());
  }

  private ObjectNode role() {
    ObjectNode role = object("Role");
    var rules = role.putArray("rules");
    for (Right right : rights()) {
      ObjectNode rule = rules.addObject();
      rule.putArray("apiGroups").add(right.group());
      rule.putArray("resources").add(right.resource());
      right.verbs().forEach(rule.putArray("verbs")::add);
    }
    return role;
  }

  private ObjectNode binding() {
    ObjectNode binding = object("RoleBinding");
    binding.putObject("roleRef").put("apiGroup", API).put("kind", "Role").put("name", NAME);
    var subjects = binding.putArray("subjects");
    users.forEach(
        user -> subjects.addObject().put("apiGroup", API).put("kind", "User").put("name", user));
    return binding;
  }

  /** With those that only tell more: what fails in CI has to be told there. */
  private List<Right> rights() {
    Stream<Right> more =
        Rights.OPTIONAL.stream().filter(right -> right.place() == Right.Place.NAMESPACE_OPTIONAL);
    return Rights.merged(
        Stream.concat(new RightsCheck(site, manifests).needed().stream(), more).toList());
  }

  private ObjectNode object(String kind) {
    ObjectNode object = JSON.createObjectNode().put("apiVersion", API + "/v1").put("kind", kind);
    ObjectNode metadata =
        object.putObject("metadata").put("name", NAME).put("namespace", site.namespace());
    ObjectNode labels = metadata.putObject("labels").put(LABEL, "true");
    site.settings().owner().labels().forEach(labels::put);
    return object;
  }
}
