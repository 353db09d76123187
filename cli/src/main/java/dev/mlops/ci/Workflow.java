package dev.mlops.ci;

import dev.mlops.config.Origin;
import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Items;
import dev.mlops.config.YamlNode.Mapping;
import dev.mlops.config.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A workflow as GitHub reads it.
 *
 * @param root the whole file
 */
record Workflow(Mapping root, List<Job> jobs) {

  /**
   * @param id the key under {@code jobs}
   * @param at where that stands
   */
  record Job(String id, Origin at, YamlNode body, List<Step> steps) {
    List<Scalar> needs() {
      return Yaml.oneOrMany(Yaml.at(body, "needs"));
    }

    Optional<YamlNode> matrix() {
      return Yaml.at(body, "strategy").flatMap(strategy -> Yaml.at(strategy, "matrix"));
    }

    /** Whether another workflow is called instead of steps. */
    boolean isCall() {
      return Yaml.at(body, "uses").isPresent();
    }
  }

  record Step(Origin at, YamlNode body) {
    Optional<String> id() {
      return Yaml.text(body, "id");
    }

    Optional<Scalar> run() {
      return Yaml.scalar(body, "run");
    }

    Optional<Scalar> uses() {
      return Yaml.scalar(body, "uses");
    }

    /** What it uses, whichever version. */
    Optional<String> action() {
      return uses().map(uses -> uses.text().replaceFirst("@.*", ""));
    }

    Optional<YamlNode> inputs() {
      return Yaml.at(body, "with");
    }

    /** Of the action that it uses. */
    Optional<Scalar> input(String name) {
      return inputs().flatMap(with -> Yaml.scalar(with, name));
    }
  }

  static Workflow of(Mapping root) {
    List<Job> jobs = new ArrayList<>();
    Yaml.each(
        Yaml.at(root, "jobs"),
        (id, entry) -> jobs.add(new Job(id, entry.keyAt(), entry.value(), steps(entry.value()))));
    return new Workflow(root, jobs);
  }

  /** Names of the events that set it off. */
  Set<String> events() {
    Set<String> events = new TreeSet<>();
    Optional<YamlNode> on = Yaml.at(root, "on");
    Yaml.oneOrMany(on).forEach(scalar -> events.add(scalar.text()));
    Yaml.each(on, (name, _) -> events.add(name));
    return events;
  }

  /** GitHub does not tell upper from lower case in ids. */
  Optional<Job> job(String id) {
    return jobs.stream().filter(job -> job.id().equalsIgnoreCase(id)).findFirst();
  }

  private static List<Step> steps(YamlNode job) {
    return Yaml.at(job, "steps").orElse(null) instanceof Items items
        ? items.values().stream().map(step -> new Step(step.at(), step)).toList()
        : List.of();
  }
}
