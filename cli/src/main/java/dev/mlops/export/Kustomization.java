package dev.mlops.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.ManifestText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Kustomize folder.
 *
 * @see <a href="https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/">the
 *     kustomization file</a>
 */
final class Kustomization {
  private Kustomization() {}

  static Map<String, String> texts(Exported exported) {
    Map<String, String> texts = new LinkedHashMap<>();
    ObjectNode kustomization =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", "kustomize.config.k8s.io/v1beta1")
            .put("kind", "Kustomization");
    // Kustomize would move objects that lie elsewhere.
    if (!exported.namesNamespaces()) {
      kustomization.put("namespace", exported.namespace());
    }
    var resources = kustomization.putArray("resources");
    exported
        .files()
        .forEach((file, object) -> {
          resources.add(file);
          exported
              .containers(object)
              .forEach(container -> container.put("image", exported.image().repository()));
          texts.put(file, ManifestText.of(object));
        });
    kustomization
        .putArray("images")
        .addObject()
        .put("name", exported.image().repository())
        .put("digest", exported.image().digest());
    texts.put("kustomization.yaml", ManifestText.of(kustomization));
    return texts;
  }
}
