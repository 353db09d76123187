package dev.mlops.lifecycle;

import static java.util.stream.Collectors.toList;

import dev.mlops.config.Port;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.scaffold.Beginning;
import dev.mlops.scaffold.DataFacts;
import dev.mlops.scaffold.Layout;
import dev.mlops.scaffold.ModelFacts;
import dev.mlops.scaffold.ProjectDraft;
import dev.mlops.step.DescribeModel;
import dev.mlops.step.DraftProject;
import dev.mlops.step.InspectData;
import dev.mlops.step.WriteFile;
import dev.mlops.training.ServiceProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Begins a project: looks at the data or the model, lays the project out, writes each of its files.
 */
public final class InitRecipe {
  /** The plan, and what it decides; known once it has run. */
  public record Init(Plan plan, Ref<ProjectDraft> draft) {}

  private InitRecipe() {}

  public static Init plan(InitRequest request, ServiceProcess service) {
    Plan plan = new Plan();
    Ref<ProjectDraft> draft = plan.add(draft(plan, request, service));
    for (String file : request.layout().files(request.beginning())) {
      plan.add(new WriteFile(draft, file));
    }
    return new Init(plan, draft);
  }

  private static DraftProject draft(Plan plan, InitRequest request, ServiceProcess service) {
    Layout layout = request.layout();
    return switch (request.beginning()) {
      case Beginning.Iris(Port port) ->
          new DraftProject(List.of(), () -> layout.iris(port), request.force());
      case Beginning.OwnImage(String image) ->
          new DraftProject(List.of(), () -> layout.ofImage(image), request.force());
      case Beginning.Onnx(Path model, Optional<Beginning.Table> data) -> {
        Ref<ModelFacts> seen = plan.add(new DescribeModel(model, service));
        Optional<Ref<DataFacts>> rows =
            data.map(table -> plan.add(new InspectData(table.data(), table.target(), service)));
        List<Ref<?>> needs = Stream.concat(Stream.of(seen), rows.stream()).collect(toList());
        yield new DraftProject(
            needs,
            () ->
                layout.ofModel(
                    model, seen.get(), data.map(Beginning.Table::data), rows.map(Ref::get)),
            request.force());
      }
      case Beginning.Table(Path data, String target) -> {
        Ref<DataFacts> seen = plan.add(new InspectData(data, target, service));
        yield new DraftProject(
            List.of(seen), () -> layout.ofTable(data, seen.get()), request.force());
      }
    };
  }
}
