package dev.mlops.ci;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.config.Complaints;
import dev.mlops.config.Origin;
import dev.mlops.config.YamlTree;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What only GitHub knows of a repository, against what its workflows and its clouds expect. */
public record RepositoryCheck(GitHub github, Delivery delivery) {
  /** Variables that are read, and set nowhere. */
  public List<Finding> variables(List<Path> workflows) throws InterruptedException {
    Map<String, Origin> read = new LinkedHashMap<>();
    for (Path file : workflows) {
      root(file).ifPresent(workflow -> collect(workflow, read));
    }
    Findings findings = new Findings();
    if (!read.isEmpty()) {
      Set<String> known = known();
      read.forEach((name, at) -> {
        if (!known.contains(name)) {
          findings.warning(
              at,
              "unset-variable",
              "`vars."
                  + name
                  + "` is set neither for "
                  + github.repository()
                  + " nor for an environment of it; mlops ci setup");
        }
      });
    }
    return findings.sorted();
  }

  /**
   * Whether the runs of any environment will be called what a cloud expects.
   *
   * @param expected such as {@code repo:owner/name:environment:prod}
   */
  public List<Finding> subject(String expected) throws InterruptedException {
    Subjects subjects = Subjects.of(github);
    Set<String> sent = new TreeSet<>();
    for (Setup.Environment environment : Setup.of(delivery).environments()) {
      sent.add(subjects.ofEnvironment(environment.name()));
    }
    Findings findings = new Findings();
    if (!sent.contains(expected)) {
      findings.error(
          new Origin.Flag("--subject " + expected),
          "subject",
          "GitHub sends " + String.join(", ", sent));
    }
    return findings.sorted();
  }

  private Set<String> known() throws InterruptedException {
    Set<String> known = new TreeSet<>();
    add(known, "/actions/variables");
    for (Setup.Environment environment : Setup.of(delivery).environments()) {
      if (github.find("/environments/" + environment.name()).isPresent()) {
        add(known, "/environments/" + environment.name() + "/variables");
      }
    }
    return known;
  }

  /** GitHub does not tell upper from lower case in these names. */
  private void add(Set<String> known, String path) throws InterruptedException {
    for (JsonNode variable : github.list(path, "variables")) {
      known.add(variable.path("name").asText().toLowerCase(Locale.ROOT));
    }
  }

  /** Not those of a step whose condition asks whether one is set: it can do without. */
  private static void collect(Workflow workflow, Map<String, Origin> read) {
    for (Workflow.Job job : workflow.jobs()) {
      for (Workflow.Step step : job.steps()) {
        if (Yaml.text(step.body(), "if").filter(text -> text.contains("vars.")).isEmpty()) {
          Expressions.each(
              step.body(),
              scalar -> Expression.in(scalar).forEach(expression -> add(expression, read)));
        }
      }
    }
  }

  private static void add(Expression expression, Map<String, Origin> read) {
    expression
        .references()
        .filter(reference -> reference.context().equals("vars"))
        .forEach(reference ->
            reference.name().ifPresent(name -> read.putIfAbsent(name, reference.at())));
  }

  private static Optional<Workflow> root(Path file) {
    try {
      String name = String.valueOf(file.getFileName());
      return YamlTree.readMapping(Files.readString(file), name, new Complaints()).map(Workflow::of);
    } catch (IOException e) {
      throw DiskFaults.reading(file, e);
    }
  }
}
