package dev.mlops.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a folder of manifests; gathers problems and fails once. */
final class ManifestReader {
  private static final Set<String> ENDINGS = Set.of("yaml", "yml", "json");

  private final Path folder;
  private final List<ObjectNode> objects = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final TreeMap<String, String> seen = new TreeMap<>();

  ManifestReader(Path folder) {
    this.folder = folder;
  }

  List<ObjectNode> read() {
    for (Path file : files()) {
      readFile(file);
    }
    if (!problems.isEmpty()) {
      throw Code.MANIFEST_INVALID.problem(
          String.join("\n", problems), "", "Correct the lines named above.");
    }
    if (objects.isEmpty()) {
      throw missing("There is no Kubernetes object in " + folder, "Its files are empty.");
    }
    return List.copyOf(objects);
  }

  private List<Path> files() {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files = entries.filter(ManifestReader::isManifest).sorted().toList();
      if (files.isEmpty()) {
        throw missing("There is no manifest in " + folder, "No file there ends in .yaml or .json.");
      }
      return files;
    } catch (IOException e) {
      throw missing("The folder of manifests can't be read: " + folder, e.toString());
    }
  }

  private static RuntimeException missing(String message, String why) {
    return Code.MANIFEST_MISSING.problem(
        message, why, "`manifests:` in mlops.yaml names the folder; `mlops init` writes one.");
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !name.startsWith(".")
        && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private void readFile(Path file) {
    int document = 1;
    try {
      var trees = new YamlTrees();
      Iterator<Node> nodes = trees.compose(Files.readString(file)).iterator();
      for (; nodes.hasNext(); document++) {
        Node node = nodes.next();
        take(trees.toJson(node), at(file, document, node.getStartMark().getLine() + 1));
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      problems.add(at(file, document, line) + ": " + e.getProblem());
    } catch (CharacterCodingException e) {
      problems.add(folder.getFileName() + "/" + file.getFileName() + ": not UTF-8");
    } catch (YAMLException | IllegalArgumentException | IOException e) {
      problems.add(at(file, document, 1) + ": " + e.getMessage());
    }
  }

  private String at(Path file, int document, int line) {
    String path = folder.getFileName() + "/" + file.getFileName();
    return path + ":" + line + " (document " + document + ")";
  }

  private void take(JsonNode tree, String where) {
    if (tree.isNull()) {
      return; // a document of nothing but comments, as Helm and Kustomize leave behind
    }
    if (!(tree instanceof ObjectNode object)) {
      problems.add(where + ": not a Kubernetes object but " + describe(tree));
      return;
    }
    if (object.path("kind").asText("").endsWith("List") && object.path("items").isArray()) {
      object.path("items").forEach(item -> take(item, where));
      return;
    }
    String lacking = lacking(object);
    if (!lacking.isEmpty()) {
      String more =
          object.at("/metadata").has("generateName")
              ? " (generateName would make another at each deployment)"
              : "";
      problems.add(where + ": not a Kubernetes object: it lacks " + lacking + more);
      return;
    }
    String former = seen.putIfAbsent(Changes.identity(object), where);
    if (former != null) {
      problems.add(where + ": " + Changes.title(object) + " is in " + former + " already");
    }
    objects.add(object);
  }

  private static String lacking(ObjectNode object) {
    return Stream.of("/apiVersion", "/kind", "/metadata/name")
        .filter(path -> object.at(path).asText("").isEmpty())
        .map(path -> "`" + path.substring(1).replace('/', '.') + "`")
        .collect(Collectors.joining(", "));
  }

  private static String describe(JsonNode tree) {
    return tree.isArray() ? "a list" : "`" + tree.asText() + "`";
  }
}
