package dev.mlops.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.config.MlopsConfig;
import dev.mlops.config.Model;
import dev.mlops.manifest.EgressText;
import dev.mlops.manifest.Manifests;
import dev.mlops.manifest.NetworkPolicies;
import dev.mlops.manifest.WayOut;
import dev.mlops.manifest.WorkloadSpec;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.problem.Code;
import dev.mlops.scaffold.Observability;
import dev.mlops.scaffold.Observability.Watched;
import dev.mlops.scaffold.ProjectDraft;
import dev.mlops.scaffold.ProjectDraft.Content;
import dev.mlops.scaffold.ProjectDraft.Fact;
import dev.mlops.scaffold.Scraping;
import dev.mlops.step.DraftProject;
import dev.mlops.step.WriteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Adds to a project that is there what lets others watch its service. */
public final class ObserveRecipe {
  private ObserveRecipe() {}

  /**
   * @param scraping what the platform has where it is left out
   * @param force whether other files of the same names are replaced
   */
  public static InitRecipe.Init plan(Project project, Optional<Scraping> scraping, boolean force) {
    return plan(draft(project, scraping.orElseGet(() -> usual(project))), force);
  }

  /**
   * Lets traces out to the collector that the config names, and nothing else.
   *
   * @throws dev.mlops.problem.MlopsException if it names none, or no policy can be changed as text
   */
  public static InitRecipe.Init traces(Project project) {
    if (TraceCheck.wayOut(project.config(), Manifests.load(project.manifests())).isEmpty()) {
      throw Code.USAGE.problem(
          "The config names no collector that the pods would have to be let out to",
          "service.trace has no `exporter: otlp` with an `endpoint` of another host.",
          "Set both in mlops.yaml, then run `mlops init --traces` again");
    }
    Map<String, Content> files = new LinkedHashMap<>();
    List<String> closed = letTracesOut(project, texts(project), files);
    if (!closed.isEmpty()) {
      throw Code.MANIFEST_NOT_OPENED.problem(
          "NetworkPolicy " + String.join(", ", closed) + " can't be given a way out",
          "It is not written in YAML, key by key, in a file of its own.",
          "Add to its `spec.egress` what docs/guide/telemetry.md has for the endpoint");
    }
    return plan(new ProjectDraft(project.root(), files, List.of()), false);
  }

  private static InitRecipe.Init plan(ProjectDraft draft, boolean force) {
    Plan plan = new Plan();
    Ref<ProjectDraft> laidOut = plan.add(new DraftProject(List.of(), () -> draft, force));
    draft.files().keySet().forEach(file -> plan.add(new WriteFile(laidOut, file)));
    return new InitRecipe.Init(plan, laidOut);
  }

  private static Scraping usual(Project project) {
    return switch (project.config().platform()) {
      case GCP -> Scraping.PODMONITORING;
      case LOCAL, KUBERNETES, AWS, AZURE -> Scraping.ANNOTATIONS;
    };
  }

  private static ProjectDraft draft(Project project, Scraping scraping) {
    MlopsConfig config = project.config();
    if (config.model().kind() == Model.Kind.IMAGE) {
      throw notOurs();
    }
    String image = config.image().repository();
    String folder = inProject(project, project.manifests()) + "/";
    var service =
        new Watched(
            config.name().text(),
            image,
            config.service().port().number(),
            List.of(config.service().liveness().text(), config.service().readiness().text()),
            folder);
    ObjectNode workload = workload(project, image);
    Map<String, String> manifests = texts(project);
    Map<String, Content> files = new LinkedHashMap<>();
    new Observability(service, scraping)
        .texts(manifests, workload)
        .forEach((file, text) ->
            files.put(
                file,
                // A manifest that was read a moment ago, with annotations added: not another file.
                manifests.containsKey(file)
                    ? new Content.Generated(text)
                    : new Content.Text(text)));
    letTracesOut(project, manifests, files);
    return new ProjectDraft(
        project.root(),
        files,
        List.of(new Fact("name", service.name(), "mlops.yaml"), fact(scraping)));
  }

  /**
   * Where the config names a collector that the policies of the manifests keep the pods from.
   *
   * @return those that still do, as none of them can be changed as text
   */
  private static List<String> letTracesOut(
      Project project, Map<String, String> manifests, Map<String, Content> files) {
    List<ObjectNode> objects = Manifests.load(project.manifests());
    Optional<WayOut> way = TraceCheck.wayOut(project.config(), objects);
    if (way.isEmpty()) {
      return List.of();
    }
    List<String> closed =
        new NetworkPolicies(objects, project.config().image().repository()).closedTo(way.get());
    for (Map.Entry<String, String> file : manifests.entrySet()) {
      String text =
          files.get(file.getKey()) instanceof Content.Generated(String changed)
              ? changed
              : file.getValue();
      Optional<String> open = EgressText.add(text, closed, way.get());
      if (open.isPresent()) {
        files.put(file.getKey(), new Content.Generated(open.get()));
        return List.of();
      }
    }
    return closed;
  }

  public static RuntimeException notOurs() {
    return Code.USAGE.problem(
        "--observability is for models that mlops serves",
        "The dashboard and the alerts go by the metrics of its own service.",
        "mlops init --help");
  }

  private static Fact fact(Scraping scraping) {
    return new Fact("scraping", scraping.text(), "--observability");
  }

  private static ObjectNode workload(Project project, String image) {
    List<ObjectNode> manifests = Manifests.load(project.manifests());
    String name = WorkloadSpec.from(manifests, image).name();
    return manifests.stream()
        .filter(object -> object.path("kind").asText().equals("Deployment"))
        .filter(object -> object.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> texts(Project project) {
    Map<String, String> texts = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(project.manifests())) {
      for (Path file : files.filter(ObserveRecipe::isYaml).sorted().toList()) {
        texts.put(inProject(project, file), Files.readString(file));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isYaml(Path file) {
    return file.getFileName().toString().matches("[^.].*\\.ya?ml");
  }

  private static String inProject(Project project, Path file) {
    return project.root().relativize(file).toString().replace('\\', '/');
  }
}
