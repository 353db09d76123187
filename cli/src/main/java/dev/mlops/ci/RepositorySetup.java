package dev.mlops.ci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares a repository with what its workflows need, and makes up for it. What is there already is
 * left as it is: reviewers and waits are people's.
 */
public record RepositorySetup(GitHub github, Delivery delivery) {
  /** The environment on GitHub that all previews share. */
  public static final String PREVIEWS = Setup.PREVIEWS;

  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

  /** How things stand. */
  public enum State {
    /** As it should be. */
    SET,
    /** It is not there, and nobody has said what it shall be. */
    MISSING,
    /** It was made just now. */
    WRITTEN
  }

  /**
   * One thing that the workflows need.
   *
   * @param environment that it belongs to
   * @param name of the variable; empty for the environment itself
   * @param what it is, for people
   */
  public record Item(String environment, String name, State state, String what) {}

  /**
   * @param subjects of each environment's runs, in both forms, the one that GitHub sends first
   * @param customSubject whether somebody has composed the subject of other claims
   */
  public record Result(
      String repository,
      List<Item> items,
      Map<String, List<String>> subjects,
      boolean customSubject) {
    /** With more of them. */
    public Result and(List<Item> more) {
      List<Item> all = new ArrayList<>(items);
      all.addAll(more);
      return new Result(repository, all, subjects, customSubject);
    }
  }

  /** Reads only. */
  public Result look() throws InterruptedException {
    return run(Map.of(), false);
  }

  /**
   * Makes what is missing.
   *
   * @param values of variables, by environment
   */
  public Result write(Map<String, Map<String, String>> values) throws InterruptedException {
    return run(values, true);
  }

  private Result run(Map<String, Map<String, String>> values, boolean write)
      throws InterruptedException {
    List<Item> items = new ArrayList<>();
    Map<String, List<String>> names = new TreeMap<>();
    Subjects subjects = Subjects.of(github);
    Map<String, String> shared = variables("/actions/variables");
    for (Setup.Environment wanted : Setup.of(delivery).environments()) {
      Optional<JsonNode> found = github.find("/environments/" + wanted.name());
      items.add(environment(wanted, found.isPresent(), write));
      boolean there = found.isPresent() || write;
      items.addAll(variables(wanted, there, shared, values.getOrDefault(wanted.name(), Map.of())));
      names.put(wanted.name(), subjects.bothForms(github.repository(), wanted.name()));
    }
    return new Result(github.repository(), items, names, subjects.isCustom());
  }

  private Item environment(Setup.Environment wanted, boolean there, boolean write)
      throws InterruptedException {
    String what =
        wanted.branches().isEmpty()
            ? "for previews of pull requests"
            : "only for " + String.join(", ", wanted.branches());
    if (!there && write) {
      make(wanted);
      return new Item(wanted.name(), "", State.WRITTEN, what);
    }
    return new Item(wanted.name(), "", there ? State.SET : State.MISSING, what);
  }

  private void make(Setup.Environment wanted) throws InterruptedException {
    String path = "/environments/" + wanted.name();
    ObjectNode body = MAKE.objectNode();
    if (!wanted.branches().isEmpty()) {
      body.putObject("deployment_branch_policy")
          .put("protected_branches", false)
          .put("custom_branch_policies", true);
    }
    github.send("PUT", path, body);
    for (String branch : wanted.branches()) {
      github.send(
          "POST", path + "/deployment-branch-policies", MAKE.objectNode().put("name", branch));
    }
  }

  private List<Item> variables(
      Setup.Environment wanted,
      boolean there,
      Map<String, String> shared,
      Map<String, String> values)
      throws InterruptedException {
    String path = "/environments/" + wanted.name() + "/variables";
    Map<String, String> known = there ? variables(path) : Map.of();
    List<Item> items = new ArrayList<>();
    for (String name : new TreeSet<>(wanted.variables().keySet())) {
      State state = known.containsKey(name) || shared.containsKey(name) ? State.SET : State.MISSING;
      String value = values.get(name);
      if (value != null && !value.equals(known.get(name))) {
        ObjectNode body = MAKE.objectNode().put("name", name).put("value", value);
        boolean isNew = !known.containsKey(name);
        github.send(isNew ? "POST" : "PATCH", isNew ? path : path + "/" + name, body);
        state = State.WRITTEN;
      }
      items.add(new Item(wanted.name(), name, state, wanted.variables().get(name)));
    }
    return items;
  }

  private Map<String, String> variables(String path) throws InterruptedException {
    return github.list(path, "variables").stream()
        .collect(
            Collectors.toMap(
                variable -> variable.path("name").asText(),
                variable -> variable.path("value").asText()));
  }

  /** Names of all variables that the workflows could read. */
  public static Set<String> names(Delivery delivery) {
    return Setup.of(delivery).environments().stream()
        .flatMap(environment -> environment.variables().keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
