package dev.mlops.lifecycle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.config.ConfigLoader;
import dev.mlops.config.ConfigSource;
import dev.mlops.platform.Digest;
import dev.mlops.platform.FakePlatform;
import dev.mlops.platform.Platform;
import dev.mlops.platform.local.TestImage;
import dev.mlops.training.Artifact;
import dev.mlops.training.Installation;
import dev.mlops.training.StubService;
import dev.mlops.training.TrainingRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A small real project in a folder of its own, on a platform in memory: config, data, manifests,
 * and as far as a test wants them a trained model and a built image.
 *
 * @param home where the installation is whose training is {@link StubService}
 */
public record PreparedProject(Path folder, Path home, FakePlatform fake) {
  /** What the model of every such project predicts. */
  public static final String GOLDEN =
      """
      {"rows": [
        {"input": {"length": 1.4}, "output": {"prediction": "setosa", "scores": [0.9, 0.1]}},
        {"input": {"length": 4.7}, "output": {"prediction": "other", "scores": [0.2, 0.8]}}
      ]}
      """;

  private static final String SCHEMA =
      """
      {
        "task": "classification",
        "target": {"name": "species", "classes": ["other", "setosa"]},
        "features": [
          {"name": "length", "type": "number", "integer": false, "min": 1.4, "max": 4.7,
           "mean": 3.05, "scale": 1.65, "missing": false}
        ]
      }
      """;

  private static final String MANIFEST =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: flowers}
      spec:
        replicas: 2
        template:
          spec:
            containers:
              - name: flowers
                image: flowers
                ports: [{containerPort: 8000, name: http}]
                readinessProbe: {httpGet: {path: /ready_check, port: http}}
                resources: {requests: {cpu: 100m}, limits: {memory: 64Mi}}
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: flowers}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: flowers}
        minReplicas: 2
        maxReplicas: 5
        metrics:
          - type: Resource
            resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}
      """;

  /** A project whose model is trained from its data. */
  public static PreparedProject ofData(Path parent, URI endpoint) throws IOException {
    PreparedProject prepared =
        write(
            parent,
            endpoint,
            "model: {data: data/flowers.csv, target: species, gate: {accuracy: 0.9}}");
    Files.createDirectories(prepared.folder().resolve("data"));
    Files.writeString(
        prepared.folder().resolve("data/flowers.csv"), "length,species\n1.4,setosa\n4.7,other\n");
    return prepared;
  }

  /** A project of the user's own image, an OCI layout in the folder {@code own}. */
  public static PreparedProject ofImage(Path parent, URI endpoint) throws IOException {
    PreparedProject prepared = write(parent, endpoint, "model: {kind: image, image: own}");
    TestImage.write(prepared.folder().resolve("own"), "first");
    return prepared;
  }

  private static PreparedProject write(Path parent, URI endpoint, String model) throws IOException {
    Path folder = Files.createDirectories(parent.resolve("flowers"));
    Files.writeString(
        folder.resolve("mlops.yaml"),
        "apiVersion: mlops/v1\nname: flowers\n" + model + "\nenvironments: {dev: {}, prod: {}}\n");
    Files.createDirectories(folder.resolve("k8s"));
    Files.writeString(folder.resolve("k8s/flowers.yaml"), MANIFEST);
    StubService.install(parent.resolve("home"));
    return new PreparedProject(
        folder, parent.resolve("home"), new FakePlatform("flowers", endpoint));
  }

  public Platform platform() {
    return fake.platform();
  }

  public Project project(String... sets) {
    var source =
        new ConfigSource(folder, Optional.empty(), Optional.of("dev"), List.of(sets), Map.of());
    return new Project(ConfigLoader.load(source), new Installation(home));
  }

  /** What the next training will give. */
  public void willTrain(double accuracy) throws IOException, InterruptedException {
    writeArtifact(StubService.artifact(new Installation(home)), accuracy);
  }

  /** A model, made of the project's data and config as they are now. */
  public PreparedProject trained() throws IOException, InterruptedException {
    writeArtifact(project().artifact(), 0.95);
    return this;
  }

  /** An image at the place where a build puts it. */
  public PreparedProject built(String variant) {
    Map<String, String> model = new TreeMap<>();
    Artifact.read(project().artifact())
        .ifPresent(trained -> model.put("dev.mlops.model", trained.digest().toString()));
    TestImage.write(project().layout(), variant, model);
    return this;
  }

  private void writeArtifact(Path artifact, double accuracy)
      throws IOException, InterruptedException {
    ObjectMapper json = new ObjectMapper();
    TrainingRequest request = TrainingRequest.of(project().config(), folder);
    ObjectNode card = json.createObjectNode();
    card.set("version", request.json().path("version"));
    card.putObject("metrics").put("accuracy", accuracy).put("f1", accuracy);
    card.putObject("inputs")
        .put("data", Digest.ofFile(request.files().get("data")).hex())
        .put("config", configHash(request));
    Files.createDirectories(artifact);
    Files.writeString(artifact.resolve("golden.json"), GOLDEN);
    Files.writeString(artifact.resolve("schema.json"), SCHEMA);
    Files.writeString(artifact.resolve("profile.json"), "{}");
    Files.writeString(artifact.resolve("model.pb"), "a model");
    Files.write(artifact.resolve("card.json"), json.writeValueAsBytes(card));
  }

  /** As docs/reference/artifact.md defines it. */
  private static String configHash(TrainingRequest request) throws IOException {
    JsonMapper sorted =
        JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    Map<?, ?> config = sorted.convertValue(request.json(), TreeMap.class);
    List.of("data", "version", "git").forEach(config::remove);
    return Digest.of(sorted.writeValueAsBytes(config)).hex();
  }
}
