package dev.mlops.ci;

import dev.mlops.config.Complaints;
import dev.mlops.config.Origin;
import dev.mlops.config.YamlTree;
import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads workflows and says what is wrong with them, without GitHub. */
public final class WorkflowCheck {
  private static final List<Rule> RULES =
      List.of(
          new KnownKeys(),
          new KnownReferences(),
          new KnownContexts(),
          new KnownProperties(),
          new KnownValues(),
          new EventKeys(),
          new Conditions(),
          new DeadCommands(),
          new PinnedActions(),
          new ActionInputs(),
          new LeastPermissions(),
          new RunIdentityRight(),
          new NoInjection(),
          new ForeignCode(),
          new RequestsStayOut(),
          new NoStaticKeys(),
          new Bounded(),
          new CacheKeys());

  private WorkflowCheck() {}

  /** The workflows of a project: what GitHub would read. */
  public static List<Path> files(Path project) {
    Path folder = project.resolve(".github").resolve("workflows");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    } catch (IOException e) {
      throw DiskFaults.reading(folder, e);
    }
  }

  /**
   * @throws dev.mlops.problem.MlopsException if the file can't be read
   */
  public static List<Finding> check(Path file) {
    String name = file.getFileName().toString();
    try {
      return check(Files.readString(file), name);
    } catch (CharacterCodingException e) {
      Findings findings = new Findings();
      findings.error(new Origin.InFile(name, 1, 1, Optional.empty()), "yaml", "not UTF-8");
      return findings.sorted();
    } catch (IOException e) {
      throw DiskFaults.reading(file, e);
    }
  }

  /** What is wrong with workflows that GitHub would refuse, or that are not safe. */
  public static Optional<MlopsException> broken(List<Finding> findings) {
    List<Finding> errors =
        findings.stream().filter(f -> f.severity() == Finding.Severity.ERROR).toList();
    if (errors.isEmpty()) {
      return Optional.empty();
    }
    String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
    return Optional.of(
        Code.CI_BROKEN.problem(
            "A workflow is broken: " + errors.getFirst().at().label() + more,
            errors.getFirst().message(),
            "mlops ci check"));
  }

  /**
   * @param name of the file, for people
   */
  static List<Finding> check(String yaml, String name) {
    Findings findings = new Findings();
    Complaints complaints = new Complaints();
    var root = YamlTree.readMappingWithAnchors(yaml, name, complaints);
    complaints.sorted().forEach(c -> addFault(findings, c));
    root.map(Workflow::of)
        .ifPresent(workflow -> RULES.forEach(rule -> rule.check(workflow, findings)));
    return findings.sorted();
  }

  private static void addFault(Findings findings, Complaints.Complaint complaint) {
    String key = complaint.key().isEmpty() ? "" : complaint.key() + ": ";
    findings.error(complaint.at(), "yaml", key + complaint.message());
  }
}
