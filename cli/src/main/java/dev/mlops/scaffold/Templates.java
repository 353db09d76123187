package dev.mlops.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The files that a project begins with: whole, valid files of a project named iris. */
final class Templates {
  static final List<String> MANIFESTS =
      List.of(
          "k8s/deployment.yaml",
          "k8s/service.yaml",
          "k8s/hpa.yaml",
          "k8s/pdb.yaml",
          "k8s/networkpolicy.yaml",
          "k8s/serviceaccount.yaml");

  private Templates() {}

  /**
   * @param path such as {@code project/mlops.yaml}
   */
  static String read(String path) {
    try (InputStream in = Templates.class.getResourceAsStream("/templates/" + path)) {
      if (in == null) {
        throw new IllegalStateException("no template " + path);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a text that holds one object. */
  static ObjectNode object(String yaml) {
    try {
      return (ObjectNode) new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The template with another name wherever a whole value is {@code iris}. */
  static String named(String path, String name) {
    return read(path).replaceAll("(?m)^(\\s*(?:- )?[\\w./-]+: |# )iris$", "$1" + name);
  }
}
