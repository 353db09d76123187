package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A line that is kept in the environment's namespace, and goes with it. */
public final class Note {
  private static final String KEY = "text";

  private final Site site;
  private final String name;

  /**
   * @param name of the ConfigMap that holds it
   */
  public Note(Cluster cluster, KubernetesSettings settings, String name) {
    this.site = new Site(cluster, settings);
    this.name = name;
  }

  public Optional<String> read() {
    return applier()
        .live(object(""))
        .map(live -> live.at("/data/" + KEY).asText())
        .filter(text -> !text.isEmpty());
  }

  public void write(String text) {
    applier().apply(object(text));
  }

  private Applier applier() {
    return new Applier(site.cluster(), site.namespace(), true);
  }

  private ObjectNode object(String text) {
    ObjectNode object =
        new ObjectMapper().createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
    ObjectNode metadata =
        object.putObject("metadata").put("name", name).put("namespace", site.namespace());
    ObjectNode labels = metadata.putObject("labels").put(DeployerRole.LABEL, "true");
    site.settings().owner().labels().forEach(labels::put);
    object.putObject("data").put(KEY, text);
    return object;
  }
}
