package dev.mlops.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
  @TempDir Path folder;

  @Test
  void readsEveryDocumentOfEveryFileAsKubectlDoes() throws IOException {
    write(
        "b.yaml",
        """
        apiVersion: v1
        kind: Service
        metadata: {name: b}
        ---
        # nothing
        ---
        apiVersion: example.com/v1
        kind: Unheard
        metadata: {name: of, day: 2024-01-02}
        spec: {mode: 0644, on: yes, text: "0644"}
        """);
    write(
        "a.json",
        """
        {"apiVersion": "v1", "kind": "List", "items": [
          {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}]}
        """);
    write("notes.txt", "not: [yaml");
    List<ObjectNode> objects = Manifests.load(folder);
    assertEquals(
        List.of("ConfigMap a", "Service b", "Unheard of"),
        objects.stream().map(Changes::title).toList());
    ObjectNode unheard = objects.getLast();
    assertEquals("2024-01-02", unheard.at("/metadata/day").asText());
    assertEquals(420, unheard.at("/spec/mode").intValue());
    assertEquals("0644", unheard.at("/spec/text").textValue());
    assertTrue(unheard.at("/spec/true").booleanValue(), "`on` is a boolean in YAML 1.1");
  }

  @Test
  void followsAnchorsAndMergeKeys() throws IOException {
    write(
        "a.yaml",
        """
        apiVersion: v1
        kind: X
        metadata: {name: a}
        base: &b {cpu: 1}
        more: {<<: *b, memory: 2}
        """);
    assertEquals(
        "{\"cpu\":1,\"memory\":2}", Manifests.load(folder).getFirst().get("more").toString());
  }

  @Test
  void tellsAllProblemsAtOnceWithTheirPlaces() throws IOException {
    write("a.yaml", "kind: Service\n---\n- 1\n");
    write("b.yaml", "apiVersion: v1\nkind: A\nmetadata:\n  name: x\n  name: y\n");
    write("c.yaml", "apiVersion: v1\nkind: [\n");
    String same = "apiVersion: v1\nkind: A\nmetadata: {name: x}\n";
    write("d.yaml", same + "---\n" + same);
    Files.write(folder.resolve("e.yaml"), "n: é".getBytes(StandardCharsets.ISO_8859_1));
    write("f.yaml", "apiVersion: v1\nkind: A\nmetadata: {generateName: x-}\n");
    var failure = assertThrows(MlopsException.class, () -> Manifests.load(folder));
    assertEquals(Code.MANIFEST_INVALID, failure.problem().code());
    List<String> lines = failure.problem().message().lines().toList();
    List<String> wanted =
        List.of(
            "a.yaml:1 (document 1): not a Kubernetes object: it lacks `apiVersion`, `metadata.name`",
            "a.yaml:3 (document 2): not a Kubernetes object but a list",
            "b.yaml:5 (document 1): found duplicate key name",
            "c.yaml:3 (document 1): ",
            "d.yaml:5 (document 2): A x is in d.yaml:1 (document 1) already",
            "e.yaml: not UTF-8",
            "f.yaml:1 (document 1): not a Kubernetes object: it lacks `metadata.name` (generateName ");
    assertEquals(wanted.size(), lines.size(), failure.problem().message());
    for (int i = 0; i < wanted.size(); i++) {
      String line = lines.get(i).replace(folder.getFileName() + "/", "");
      assertNotEquals(line, lines.get(i), "the folder stands before the file");
      assertTrue(line.startsWith(wanted.get(i)), line);
    }
  }

  @Test
  void saysThatThereIsNothingToRead() {
    var empty = assertThrows(MlopsException.class, () -> Manifests.load(folder));
    assertEquals(Code.MANIFEST_MISSING, empty.problem().code());
    Path nowhere = folder.resolve("nowhere");
    var missing = assertThrows(MlopsException.class, () -> Manifests.load(nowhere));
    assertEquals(Code.MANIFEST_MISSING, missing.problem().code());
  }

  @Test
  void putsTheReleasesImageWhereTheProjectsStandsAndNowhereElse() throws IOException {
    write(
        "a.yaml",
        pods(
            "Deployment",
            "template: {spec: {initContainers: [{image: iris}], "
                + "containers: [{image: 'host:5000/team/iris:v1'}, {image: envoy}]}}"));
    write(
        "b.yaml",
        pods(
            "CronJob",
            "jobTemplate: {spec: {template: {spec: {containers: "
                + "[{image: DOCKER_IMAGE_PLACEHOLDER}]}}}}"));
    write("c.yaml", pods("Pod", "containers: [{image: iris-extra}]"));
    write(
        "d.yaml",
        pods("Custom", "workers: [{podTemplate: {spec: {containers: [{image: iris}]}}}]"));
    List<ObjectNode> before = Manifests.load(folder);
    List<ObjectNode> after = Manifests.withImage(before, "iris", "reg/iris@sha256:1");
    assertEquals(
        List.of(
            "reg/iris@sha256:1",
            "reg/iris@sha256:1",
            "envoy",
            "reg/iris@sha256:1",
            "iris-extra",
            "reg/iris@sha256:1"),
        Containers.all(after).map(c -> c.path("image").asText()).toList());
    assertEquals(
        "iris", before.getFirst().at("/spec/template/spec/initContainers/0/image").asText());
    var none =
        assertThrows(MlopsException.class, () -> Manifests.withImage(after, "tulip", "x").size());
    assertEquals(Code.MANIFEST_NO_WORKLOAD, none.problem().code());
  }

  @Test
  void findsWhatACustomResourceRunsOutsideOfContainers() throws IOException {
    write(
        "a.yaml",
        """
        apiVersion: sparkoperator.k8s.io/v1beta2
        kind: SparkApplication
        metadata: {name: spark}
        spec: {image: iris}
        ---
        apiVersion: argoproj.io/v1alpha1
        kind: WorkflowTemplate
        metadata: {name: argo}
        spec:
          templates:
            - {name: a, container: {image: iris}}
            - {name: b, script: {image: 'iris:v1', source: x}}
            - {name: c, container: {image: envoy}, initContainers: [{name: d, image: iris}]}
        ---
        apiVersion: tekton.dev/v1
        kind: Task
        metadata: {name: tekton}
        spec: {steps: [{name: a, image: DOCKER_IMAGE_PLACEHOLDER}]}
        ---
        apiVersion: image.toolkit.fluxcd.io/v1
        kind: ImageRepository
        metadata: {name: flux}
        spec: {image: registry.example.com/iris}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {image: iris}
        """);
    List<ObjectNode> after =
        Manifests.withImage(Manifests.load(folder), "iris", "reg/iris@sha256:1");
    String text = after.toString();
    assertEquals(5, text.split("reg/iris@sha256:1", -1).length - 1, text);
    assertEquals("reg/iris@sha256:1", after.getFirst().at("/spec/image").asText());
    assertEquals("registry.example.com/iris", after.get(3).at("/spec/image").asText());
    assertEquals("iris", after.getLast().at("/data/image").asText());
    assertEquals(after, Manifests.withImage(after, "iris", "reg/iris@sha256:1"));
  }

  @Test
  void namesEachDifferingValue() throws IOException {
    write("a.yaml", pods("Deployment", "replicas: 2, list: [a, b], gone: 1"));
    List<ObjectNode> before = Manifests.load(folder);
    write("a.yaml", pods("Deployment", "replicas: 3, list: [a, c], come: {x: 1}"));
    write("b.yaml", pods("Service", ""));
    assertEquals(
        List.of(
            "Deployment x: spec.come (none) → {\"x\":1}",
            "Deployment x: spec.gone 1 → (none)",
            "Deployment x: spec.list[1] b → c",
            "Deployment x: spec.replicas 2 → 3",
            "Service x: new"),
        Changes.between(before, Manifests.load(folder)));
    assertEquals(List.of(), Changes.between(before, before));
  }

  @Test
  void tellsNoValueOfASecret() throws IOException {
    write("a.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: x}\nstringData: {a: old}\n");
    List<ObjectNode> before = Manifests.load(folder);
    write("a.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata: {a: bmV3}\n");
    assertEquals(
        List.of("Secret x: data (none) → (hidden)", "Secret x: stringData (hidden) → (none)"),
        Changes.between(before, Manifests.load(folder)));
  }

  @Test
  void kindsOfTwoGroupsMayShareAName() throws IOException {
    write("a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: x}\n");
    write("b.yaml", "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: x}\n");
    assertEquals(2, Manifests.load(folder).size());
  }

  private static String pods(String kind, String spec) {
    return "apiVersion: v1\nkind: " + kind + "\nmetadata: {name: x}\nspec: {" + spec + "}\n";
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
