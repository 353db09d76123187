package dev.mlops.scaffold;

import dev.mlops.ci.Delivery;
import dev.mlops.ci.StampedFile;
import dev.mlops.ci.ToolPin;
import dev.mlops.ci.Workflows;
import dev.mlops.config.ConfigFile;
import dev.mlops.config.ConfigSchema;
import dev.mlops.config.Name;
import dev.mlops.config.Port;
import dev.mlops.scaffold.ProjectDraft.Content;
import dev.mlops.scaffold.ProjectDraft.Fact;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where each file of a new project goes, and what stands in it: pure functions.
 *
 * @param folder absolute
 * @param nameSource where the name comes from, for the user
 * @param scraping absent where nobody is to watch the service
 * @param tool that the project's workflows run
 */
public record Layout(
    Path folder, Name name, String nameSource, Optional<Scraping> scraping, ToolPin tool) {
  private static final String IRIS = "data/iris.csv";
  private static final String SAMPLE = "data/sample.json";
  private static final String DEPLOYMENT = "k8s/deployment.yaml";
  private static final String PLAN = "loadtest.yaml";
  private static final String README = "README.md";
  private static final String IGNORED = ".gitignore";
  private static final String SCHEMA = ".mlops.schema.json";
  private static final List<String> NOT_FOR_IMAGES =
      List.of(
          "data",
          "target",
          "task",
          "features",
          "exclude",
          "artifact",
          "algorithm",
          "test",
          "onnx",
          "gate");

  /** The files that a project will have, which do not depend on what stands in the data. */
  public List<String> files(Beginning beginning) {
    List<String> files = new ArrayList<>(List.of(ConfigFile.NAME));
    switch (beginning) {
      case Beginning.Iris _ -> files.addAll(List.of(IRIS, SAMPLE));
      case Beginning.Table(Path data, String _) -> {
        files.add(SAMPLE);
        addUnlessInside(files, data, dataFile(data));
      }
      case Beginning.Onnx(Path model, Optional<Beginning.Table> data) -> {
        files.add(SAMPLE);
        addUnlessInside(files, model, modelFile(model));
        data.ifPresent(table -> addUnlessInside(files, table.data(), dataFile(table.data())));
      }
      case Beginning.OwnImage _ -> {}
    }
    files.addAll(Templates.MANIFESTS);
    scraping.ifPresent(how -> files.addAll(observability(how).files()));
    files.addAll(List.of(PLAN, README, IGNORED, SCHEMA));
    files.addAll(Workflows.FILES);
    return files;
  }

  /** The Iris flowers of Anderson and Fisher. */
  public ProjectDraft iris(Port port) {
    ConfigText config = new ConfigText(Templates.read("project/mlops.yaml"));
    config.set("local.port", Integer.toString(port.number()));
    Map<String, Content> files = new LinkedHashMap<>();
    files.put(ConfigFile.NAME, config(config));
    files.put(IRIS, text(Templates.read("project/" + IRIS)));
    files.put(SAMPLE, text(Templates.read("project/" + SAMPLE)));
    return finish(
        "project",
        files,
        List.of(
            new Fact("data", IRIS, "150 real flowers, bundled"),
            new Fact("target", "species", "3 classes"),
            new Fact("gate", "accuracy 0.9", "the example's own")));
  }

  /** A table of the user's, which is copied unless it lies in the project already. */
  public ProjectDraft ofTable(Path data, DataFacts seen) {
    ConfigText config = new ConfigText(Templates.read("project/mlops.yaml"));
    List<Fact> facts = new TableSettings(seen).applyTo(config, dataFile(data));
    Map<String, Content> files = new LinkedHashMap<>();
    files.put(ConfigFile.NAME, config(config));
    files.put(SAMPLE, text(SampleRequest.of(seen)));
    copyUnlessInside(files, data, dataFile(data));
    return finish("project", files, facts);
  }

  /**
   * A trained model of the user's, which is copied unless it lies in the project already.
   *
   * @param data rows to judge it by, and what was seen in them: both or none
   */
  public ProjectDraft ofModel(
      Path model, ModelFacts seen, Optional<Path> data, Optional<DataFacts> rows) {
    ConfigText config = new ConfigText(Templates.read("project/mlops.yaml"));
    ModelSettings settings = new ModelSettings(seen);
    List<Fact> facts = new ArrayList<>(settings.applyTo(config, modelFile(model)));
    if (rows.isPresent()) {
      facts.addAll(new TableSettings(rows.get()).judge(config, dataFile(data.orElseThrow())));
    } else {
      settings.leaveOutData(config);
    }
    Map<String, Content> files = new LinkedHashMap<>();
    files.put(ConfigFile.NAME, config(config));
    files.put(SAMPLE, text(rows.map(SampleRequest::of).orElseGet(settings::sample)));
    copyUnlessInside(files, model, modelFile(model));
    data.ifPresent(file -> copyUnlessInside(files, file, dataFile(file)));
    return finish("project", files, facts);
  }

  /** A service of the user's own. */
  public ProjectDraft ofImage(String reference) {
    ConfigText config = new ConfigText(Templates.read("project/mlops.yaml"));
    config.set("model.kind", "image").set("model.image", YamlScalar.of(reference));
    NOT_FOR_IMAGES.forEach(key -> config.leaveOut("model." + key));
    Map<String, Content> files = new LinkedHashMap<>();
    files.put(ConfigFile.NAME, config(config));
    return finish("image", files, List.of(new Fact("image", reference, "--image")));
  }

  private ProjectDraft finish(String kind, Map<String, Content> files, List<Fact> facts) {
    manifests().forEach((path, manifest) -> files.put(path, text(manifest)));
    files.put(PLAN, text(Templates.read(kind + "/" + PLAN)));
    files.put(README, text(Templates.named(kind + "/" + README, name.text())));
    files.put(IGNORED, text(Templates.read("project/gitignore")));
    files.put(SCHEMA, new Content.Generated(ConfigSchema.json()));
    Workflows.of(Delivery.onRunner(kind.equals("project")), tool)
        .forEach((path, workflow) -> files.put(path, text(StampedFile.stamped(workflow))));
    List<Fact> all = new ArrayList<>(List.of(new Fact("name", name.text(), nameSource)));
    all.addAll(facts);
    scraping.ifPresent(how -> all.add(new Fact("scraping", how.text(), "--observability")));
    return new ProjectDraft(folder, files, all);
  }

  /** With what lets others watch the service, if that is asked for. */
  private Map<String, String> manifests() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String path : Templates.MANIFESTS) {
      texts.put(path, Templates.named("project/" + path, name.text()));
    }
    scraping.ifPresent(how ->
        texts.putAll(observability(how).texts(texts, Templates.object(texts.get(DEPLOYMENT)))));
    return texts;
  }

  private Observability observability(Scraping how) {
    return new Observability(Observability.Watched.asInTemplates(name.text()), how);
  }

  private Content config(ConfigText config) {
    return text(config.set("name", name.text()).text());
  }

  private static Content text(String text) {
    return new Content.Text(text);
  }

  private boolean isInside(Path data) {
    return data.startsWith(folder);
  }

  private void addUnlessInside(List<String> files, Path file, String name) {
    if (!isInside(file)) {
      files.add(name);
    }
  }

  private void copyUnlessInside(Map<String, Content> files, Path file, String name) {
    if (!isInside(file)) {
      files.put(name, new Content.CopyOf(file));
    }
  }

  private String dataFile(Path data) {
    return placed(data, "data/");
  }

  private String modelFile(Path model) {
    return placed(model, "models/");
  }

  private String placed(Path file, String beneath) {
    return isInside(file)
        ? folder.relativize(file).toString().replace('\\', '/')
        : beneath + file.getFileName();
  }
}
