package dev.mlops.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML 1.1 to JSON as kubectl reads it: anchors and merge keys are followed, {@code yes} is true,
 * {@code 0644} is octal, and a date stays text.
 */
final class YamlTrees extends SafeConstructor {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Yaml yaml;

  YamlTrees() {
    super(options());
    var dump = new DumperOptions();
    yaml = new Yaml(this, new Representer(dump), dump, options(), new WithoutDates());
  }

  Iterable<Node> compose(String text) {
    return yaml.composeAll(new StringReader(text));
  }

  JsonNode toJson(Node document) {
    Object value = constructDocument(document);
    return value == null ? JSON.nullNode() : JSON.valueToTree(value);
  }

  private static LoaderOptions options() {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return options;
  }

  private static final class WithoutDates extends Resolver {
    @Override
    public void addImplicitResolver(Tag tag, Pattern form, String first, int limit) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, form, first, limit);
      }
    }
  }
}
