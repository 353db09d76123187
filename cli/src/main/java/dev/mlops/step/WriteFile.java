package dev.mlops.step;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import dev.mlops.scaffold.ProjectDraft;
import dev.mlops.scaffold.ProjectDraft.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/** Writes one file of a draft: whole, or not at all. */
public final class WriteFile implements Step<Path> {
  private final Ref<ProjectDraft> draft;
  private final String file;

  public WriteFile(Ref<ProjectDraft> draft, String file) {
    this.draft = draft;
    this.file = file;
  }

  @Override
  public String id() {
    return ProjectDraft.step(file);
  }

  @Override
  public String title() {
    return "Write " + file;
  }

  @Override
  public List<Ref<?>> needs() {
    return List.of(draft);
  }

  @Override
  public Finding<Path> inspect() throws IOException {
    Path path = draft.get().path(file);
    if (!Files.exists(path)) {
      return new Finding.Missing<>("a new file");
    }
    return holds(path, content())
        ? new Finding.InSync<>(path)
        : new Finding.Differs<>("replaces the one that is there");
  }

  @Override
  public Path ensure(Consumer<String> progress) {
    Path path = draft.get().path(file);
    Path folder = requireNonNull(path.getParent(), "a file of a project lies in its folder");
    // A fixed name: what a killed run left is taken over by the next one.
    Path unfinished = folder.resolve("." + path.getFileName() + ".unfinished");
    try {
      Files.createDirectories(folder);
      write(unfinished);
      Files.move(
          unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return path;
    } catch (IOException e) {
      throw Code.FILE_NOT_WRITTEN.problem(
          "Can't write " + path,
          DiskFaults.why(e),
          "Make room or take another folder, then run it again.",
          e);
    }
  }

  /** Whether a file of this content is there. */
  static boolean holds(Path path, Content content) throws IOException {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    return switch (content) {
      case Content.Text(String text) -> text.equals(read(path));
      case Content.Generated(String text) -> text.equals(read(path));
      case Content.CopyOf(Path source) -> Files.mismatch(source, path) < 0;
    };
  }

  private static String read(Path path) throws IOException {
    return new String(Files.readAllBytes(path), UTF_8);
  }

  private void write(Path to) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                to,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        InputStream in = open();
        OutputStream out = Channels.newOutputStream(channel)) {
      in.transferTo(out);
      channel.force(true);
      if (isScript() && !to.toFile().setExecutable(true, false)) {
        throw new IOException("it can't be made executable");
      }
    } catch (IOException e) {
      Files.deleteIfExists(to);
      throw e;
    }
  }

  private boolean isScript() {
    return content() instanceof Content.Text(String text) && text.startsWith("#!");
  }

  private InputStream open() throws IOException {
    return switch (content()) {
      case Content.Text(String text) -> new ByteArrayInputStream(text.getBytes(UTF_8));
      case Content.Generated(String text) -> new ByteArrayInputStream(text.getBytes(UTF_8));
      case Content.CopyOf(Path source) -> Files.newInputStream(source);
    };
  }

  private Content content() {
    return requireNonNull(draft.get().files().get(file), file);
  }
}
