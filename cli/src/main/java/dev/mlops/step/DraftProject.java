package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.problem.Code;
import dev.mlops.scaffold.ProjectDraft;
import dev.mlops.scaffold.ProjectDraft.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lays the project out in memory, and refuses before the first file is written if one of them would
 * replace something else.
 */
public final class DraftProject implements Step<ProjectDraft> {
  private final List<Ref<?>> needs;
  private final Supplier<ProjectDraft> layout;
  private final boolean force;

  /**
   * @param needs what the layout depends on
   * @param force whether other files may be replaced
   */
  public DraftProject(List<Ref<?>> needs, Supplier<ProjectDraft> layout, boolean force) {
    this.needs = List.copyOf(needs);
    this.layout = layout;
    this.force = force;
  }

  @Override
  public String id() {
    return "lay-out-project";
  }

  @Override
  public String title() {
    return "Lay the project out";
  }

  @Override
  public List<Ref<?>> needs() {
    return needs;
  }

  @Override
  public Finding<ProjectDraft> inspect() throws IOException {
    ProjectDraft draft = layout.get();
    List<String> inTheWay = new ArrayList<>();
    for (Map.Entry<String, Content> file : draft.files().entrySet()) {
      if (isInTheWay(draft.path(file.getKey()), file.getValue())) {
        inTheWay.add(file.getKey());
      }
    }
    if (!inTheWay.isEmpty()) {
      throw Code.FILE_EXISTS.problem(
          draft.folder() + " has other files already: " + String.join(", ", inTheWay),
          "Nothing was written.",
          force
              ? "Move the folders of these names away."
              : "Choose another folder, or replace these files with --force.");
    }
    return new Finding.InSync<>(draft);
  }

  @Override
  public ProjectDraft ensure(Consumer<String> progress) {
    return layout.get();
  }

  private boolean isInTheWay(Path path, Content content) throws IOException {
    if (!Files.exists(path) || WriteFile.holds(path, content)) {
      return false;
    }
    boolean replaceable =
        switch (content) {
          case Content.Generated _ -> true;
          case Content.Text _, Content.CopyOf _ -> force;
        };
    return !replaceable || !Files.isRegularFile(path);
  }
}
