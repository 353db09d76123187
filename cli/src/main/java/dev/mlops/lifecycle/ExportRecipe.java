package dev.mlops.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.export.Exported;
import dev.mlops.export.Exported.ImageName;
import dev.mlops.export.Format;
import dev.mlops.manifest.Marked;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Releases;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import dev.mlops.problem.ShellWord;
import dev.mlops.scaffold.ProjectDraft;
import dev.mlops.scaffold.ProjectDraft.Content;
import dev.mlops.scaffold.ProjectDraft.Fact;
import dev.mlops.step.DraftProject;
import dev.mlops.step.WriteFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Writes what runs in a form that needs mlops no more. */
public final class ExportRecipe {
  /**
   * @param folder absolute
   * @param force whether other files of the same names are replaced
   */
  public record Request(Format format, Path folder, boolean force) {}

  /**
   * @param next what brings it to a cluster
   */
  public record Export(InitRecipe.Init init, String next) {}

  private ExportRecipe() {}

  public static Export plan(Project project, Platform platform, Request request) {
    Exported exported = exported(project, platform);
    ProjectDraft draft = draft(request, exported);
    Plan plan = new Plan();
    Ref<ProjectDraft> laidOut = plan.add(new DraftProject(List.of(), () -> draft, request.force()));
    draft.files().keySet().forEach(file -> plan.add(new WriteFile(laidOut, file)));
    return new Export(
        new InitRecipe.Init(plan, laidOut),
        request.format().next(exported, ShellWord.of(request.folder())));
  }

  private static ProjectDraft draft(Request request, Exported exported) {
    Map<String, Content> files = new LinkedHashMap<>();
    request
        .format()
        .texts(exported)
        .forEach((file, text) -> files.put(file, new Content.Text(text)));
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("release", exported.release(), "what runs"));
    facts.add(new Fact("image", exported.image().toString(), "by digest"));
    facts.add(new Fact("namespace", exported.namespace(), "make it first if it is not there"));
    exported
        .withheld()
        .forEach(object -> facts.add(new Fact("left out", object, "its values are not kept")));
    return new ProjectDraft(request.folder(), files, facts);
  }

  private static Exported exported(Project project, Platform platform) {
    Desired current = current(platform);
    List<ObjectNode> all = Marked.asApplied(current);
    String name = project.config().image().repository();
    return new Exported(
        project.config().name().text(),
        current.release().name(),
        project.config().kubernetes().namespace().text(),
        ImageName.parse(platform.images().reference(name, current.release().image())),
        all.stream().filter(Predicate.not(Marked::isWithheld)).toList(),
        all.stream().filter(Marked::isWithheld).map(ExportRecipe::title).toList());
  }

  private static Desired current(Platform platform) {
    Releases.Revision current =
        platform.releases().list().stream()
            .filter(revision -> revision.state() == Releases.State.CURRENT)
            .findFirst()
            .orElseThrow(Status::nothingDeployed);
    return current
        .desired()
        .orElseThrow(() ->
            Code.RELEASE_UNKNOWN.problem(
                "The manifests of release " + current.release().name() + " were not kept",
                "They were too large, or somebody removed the annotation.",
                "mlops manifests"));
  }

  private static String title(ObjectNode object) {
    return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
  }
}
