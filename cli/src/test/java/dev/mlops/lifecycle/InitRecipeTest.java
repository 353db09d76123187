package dev.mlops.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.config.ConfigLoader;
import dev.mlops.config.ConfigSource;
import dev.mlops.config.Local;
import dev.mlops.config.Name;
import dev.mlops.plan.Mode;
import dev.mlops.plan.Outcome;
import dev.mlops.plan.RunListener;
import dev.mlops.plan.RunReport;
import dev.mlops.plan.Runner;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import dev.mlops.scaffold.Beginning;
import dev.mlops.training.Installation;
import dev.mlops.training.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitRecipeTest {
  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void chooseAFolder() {
    folder = parent.resolve("My Flowers");
  }

  @Test
  void anIrisProjectLoadsAndIsNamedAfterItsFolder() throws Exception {
    RunReport report = init(false);

    assertEquals(Optional.empty(), report.failure());
    var loaded = ConfigLoader.load(ConfigSource.of(folder));
    assertEquals(new Name("my-flowers"), loaded.config().name());
    assertEquals(151, Files.readAllLines(folder.resolve("data/iris.csv")).size());
    assertTrue(Files.exists(folder.resolve(".gitignore")));
  }

  @Test
  void aSecondRunChangesNothing() throws Exception {
    init(false);
    Map<String, String> before = contents();
    RunReport report = init(false);

    assertEquals(0, report.changed());
    assertEquals(before, contents());
  }

  @Test
  void aPlanWritesNothing() throws Exception {
    run(request(false), Mode.PLAN);

    assertFalse(Files.exists(folder));
  }

  @Test
  void otherFilesAreListedAllAtOnceAndNothingIsWritten() throws Exception {
    write("mlops.yaml", "mine");
    write("k8s/service.yaml", "mine too");
    Files.createDirectories(folder.resolve("README.md"));
    Map<String, String> before = contents();
    Problem problem = problem(init(false));

    assertEquals(Code.FILE_EXISTS, problem.code());
    assertTrue(
        problem.message().endsWith("mlops.yaml, k8s/service.yaml, README.md"), problem.message());
    assertEquals(before, contents());
  }

  @Test
  void forceReplacesFilesButNoFolders() throws Exception {
    write("mlops.yaml", "mine");
    write("notes.txt", "not of ours");
    assertEquals(Optional.empty(), init(true).failure());

    assertTrue(Files.readString(folder.resolve("mlops.yaml")).contains("apiVersion"));
    assertEquals("not of ours", Files.readString(folder.resolve("notes.txt")));
    Files.delete(folder.resolve("README.md"));
    Files.createDirectories(folder.resolve("README.md/x"));
    assertEquals(Code.FILE_EXISTS, problem(init(true)).code());
  }

  @Test
  void anOlderSchemaIsReplacedWithoutForce() throws Exception {
    init(false);
    write(".mlops.schema.json", "{}");
    RunReport report = init(false);

    assertEquals(1, report.changed());
    assertTrue(Files.readString(folder.resolve(".mlops.schema.json")).contains("$schema"));
  }

  @Test
  void whatAKilledRunLeftIsTakenOver() throws Exception {
    init(false);
    Map<String, String> whole = contents();
    Files.delete(folder.resolve("mlops.yaml"));
    write(".mlops.yaml.unfinished", "half a fi");
    Files.delete(folder.resolve("k8s/hpa.yaml"));
    RunReport report = init(false);

    assertEquals(2, report.changed());
    assertEquals(whole, contents());
  }

  @Test
  void aFolderThatCannotBeMadeIsAClearProblem() throws Exception {
    Files.writeString(folder, "a file");

    assertEquals(Code.FILE_NOT_WRITTEN, problem(init(false)).code());
    assertEquals("a file", Files.readString(folder));
  }

  private RunReport init(boolean force) throws InterruptedException {
    return run(request(force), Mode.APPLY);
  }

  private InitRequest request(boolean force) {
    return new InitRequest(
        folder, Optional.empty(), new Beginning.Iris(Local.DEFAULT_PORT), Optional.empty(), force);
  }

  private static RunReport run(InitRequest request, Mode mode) throws InterruptedException {
    var service = new ServiceProcess(new Installation(Path.of("no-installation-needed")));
    return new Runner(RunListener.SILENT).run(InitRecipe.plan(request, service).plan(), mode);
  }

  private static Problem problem(RunReport report) {
    Outcome.Failed failed = report.failure().orElseThrow();
    return assertInstanceOf(MlopsException.class, failed.cause()).problem();
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      contents.put(folder.relativize(file).toString(), Files.readString(file));
    }
    return contents;
  }
}
