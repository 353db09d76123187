package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A field as the API server names it in a conflict, such as {@code
 * .spec.template.spec.containers[name="service"].image}.
 *
 * @see <a
 *     href="https://pkg.go.dev/sigs.k8s.io/structured-merge-diff/v4/fieldpath#Path">fieldpath.Path</a>
 */
record FieldPath(String text) {
  private static final Pattern STEP =
      Pattern.compile("\\.([^.\\[]+)|\\[(\\d+)]|\\[=([^]]*)]|\\[([^]]+)]");
  private static final Pattern KEY = Pattern.compile("([^=,]+)=(\"[^\"]*\"|[^,]*)");

  /** The field's value; missing if the object has none, or the path is of another form. */
  JsonNode in(JsonNode object) {
    Matcher step = STEP.matcher(text);
    JsonNode at = object;
    int end = 0;
    while (step.find()) {
      if (step.start() != end) {
        // A label or annotation: its name has dots, and is the rest of the path.
        break;
      }
      JsonNode rest = at.path(text.substring(end + 1));
      if (!rest.isMissingNode()) {
        return rest;
      }
      at = next(at, step);
      end = step.end();
    }
    return end == text.length() ? at : MissingNode.getInstance();
  }

  private static JsonNode next(JsonNode at, Matcher step) {
    if (step.group(1) != null) {
      return at.path(step.group(1));
    }
    if (step.group(2) != null) {
      return at.path(Integer.parseInt(step.group(2)));
    }
    return step.group(3) != null
        ? element(at, Map.of("", step.group(3)))
        : element(at, keys(step.group(4)));
  }

  private static Map<String, String> keys(String text) {
    Map<String, String> keys = new TreeMap<>();
    KEY.matcher(text).results().forEach(key -> keys.put(key.group(1), key.group(2)));
    return keys;
  }

  /** The element of a list that has these keys; the key of a plain value is empty. */
  private static JsonNode element(JsonNode list, Map<String, String> keys) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(element ->
            keys.entrySet().stream().allMatch(key -> has(element, key.getKey(), key.getValue())))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private static boolean has(JsonNode element, String key, String value) {
    JsonNode there = key.isEmpty() ? element : element.path(key);
    // Kubernetes' default for a port's protocol is a key that manifests leave out.
    return there.toString().equals(value) || (there.isMissingNode() && value.equals("\"TCP\""));
  }
}
