package dev.mlops.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.ManifestText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Helm chart whose values are the image and the bounds of the autoscaler.
 *
 * @see <a href="https://helm.sh/docs/topics/charts/">Charts</a>
 */
final class HelmChart {
  /** Stand where the template's actions go; no text of a manifest holds them by chance. */
  private static final String IMAGE = "mlops-export-image";

  private static final String MIN = "mlops-export-min";
  private static final String MAX = "mlops-export-max";

  private HelmChart() {}

  static Map<String, String> texts(Exported exported) {
    Map<String, String> texts = new LinkedHashMap<>();
    ObjectNode chart =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", "v2")
            .put("name", exported.name())
            .put("description", "What ran as release " + exported.release())
            .put("type", "application")
            .put("version", "0.1.0")
            .put("appVersion", exported.release());
    texts.put("Chart.yaml", ManifestText.of(chart));
    List<ObjectNode> autoscalers =
        exported.objects().stream()
            .filter(object -> object.path("kind").asText().equals("HorizontalPodAutoscaler"))
            .toList();
    boolean one = autoscalers.size() == 1;
    texts.put("values.yaml", values(exported, one ? autoscalers : List.of()));
    exported
        .files()
        .forEach((file, object) -> texts.put("templates/" + file, template(exported, object, one)));
    return texts;
  }

  private static String values(Exported exported, List<ObjectNode> autoscaler) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    values
        .putObject("image")
        .put("repository", exported.image().repository())
        .put("digest", exported.image().digest());
    for (ObjectNode object : autoscaler) {
      values
          .putObject("autoscaling")
          .put("minReplicas", object.at("/spec/minReplicas").asInt(1))
          .put("maxReplicas", object.at("/spec/maxReplicas").asInt());
    }
    return ManifestText.of(values);
  }

  private static String template(Exported exported, ObjectNode object, boolean oneAutoscaler) {
    exported.containers(object).forEach(container -> container.put("image", IMAGE));
    if (oneAutoscaler && object.path("kind").asText().equals("HorizontalPodAutoscaler")) {
      object.withObject("spec").put("minReplicas", MIN).put("maxReplicas", MAX);
    }
    return ManifestText.of(object)
        // What looks like an action of a template is a text of the user's.
        .replace("{{", "{{ \"{{\" }}")
        .replace(IMAGE, "\"{{ .Values.image.repository }}@{{ .Values.image.digest }}\"")
        .replace(MIN, "{{ .Values.autoscaling.minReplicas }}")
        .replace(MAX, "{{ .Values.autoscaling.maxReplicas }}");
  }
}
