package dev.mlops.ci;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The files that deliver a project from GitHub: pure functions of where its branches go. */
public final class Workflows {
  public static final String PUSH = ".github/workflows/ci-cd.yml";
  public static final String REQUEST = ".github/workflows/continuous-deployment.yml";
  public static final String WRAPPER = "mlopsw";
  public static final List<String> FILES = List.of(PUSH, REQUEST, WRAPPER);

  /** As they stand in the templates. */
  private static final String BRANCHES = "branches: [main, dev]";

  private static final String ENVIRONMENT = "github.ref_name == 'main' && 'prod' || 'dev'";
  private static final String PREVIEWS = "MLOPS_ENV: PREVIEWS";
  private static final String CHOSEN = "env.MLOPS_ENV == 'ENVIRONMENT'";

  private Workflows() {}

  /** Contents by path, in the order of {@link #FILES}. */
  public static Map<String, String> of(Delivery delivery, ToolPin pin) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(PUSH, push(delivery));
    files.put(REQUEST, request(delivery));
    files.put(WRAPPER, pin.wrapper());
    return files;
  }

  private static String push(Delivery delivery) {
    List<Delivery.Place> places = delivery.places();
    Set<String> facts = new HashSet<>(facts("", places));
    if (delivery.trained()) {
      facts.add("trained");
    }
    var template =
        chosen(WorkflowTemplate.read("ci-cd.yml"), places)
            .with(facts)
            .replacing(BRANCHES, branches(delivery));
    String environment = environment(delivery);
    return environment.startsWith("'")
        ? template.replacing("${{ " + ENVIRONMENT + " }}", environment.replace("'", "")).text()
        : template.replacing(ENVIRONMENT, environment).text();
  }

  private static String request(Delivery delivery) {
    Set<String> facts = new HashSet<>();
    if (delivery.trained()) {
      facts.add("trained");
    }
    delivery
        .preview()
        .ifPresent(place -> {
          facts.add("preview");
          facts.addAll(facts("preview-", List.of(place)));
        });
    var template =
        WorkflowTemplate.read("continuous-deployment.yml")
            .with(facts)
            .replacing(BRANCHES, branches(delivery));
    return delivery
        .preview()
        .map(place -> template.replacing(PREVIEWS, "MLOPS_ENV: " + place.environment()))
        .orElseGet(() -> template.replacing("needs: [check, preview]", "needs: check"))
        .text();
  }

  private static Set<String> facts(String prefix, List<Delivery.Place> places) {
    Set<String> facts = new HashSet<>();
    for (Delivery.Place place : places) {
      facts.add(prefix + place.platform().label());
      if (place.isKeyless()) {
        facts.add(prefix + "keyless");
      }
      if (place.isGitHubs()) {
        facts.add(prefix + "ghcr");
      }
    }
    return facts;
  }

  /** Each step that logs in is for the environments of its platform only. */
  private static WorkflowTemplate chosen(WorkflowTemplate template, List<Delivery.Place> places) {
    String[] parts = template.text().split("(?=\n +# if (?:gcp|kubernetes|ghcr)\n)", -1);
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      String fact = part.strip().lines().findFirst().orElse("").replace("# if ", "");
      text.append(
          part.replace(
              CHOSEN, condition(places, place -> facts("", List.of(place)).contains(fact))));
    }
    return new WorkflowTemplate(text.toString());
  }

  private static String condition(List<Delivery.Place> places, Predicate<Delivery.Place> isMeant) {
    return places.stream()
        .filter(isMeant)
        .map(place -> "env.MLOPS_ENV == '" + place.environment() + "'")
        .collect(Collectors.joining(" || "));
  }

  private static String branches(Delivery delivery) {
    return delivery.routes().stream()
        .map(Delivery.Route::branch)
        .map(Workflows::yaml)
        .collect(Collectors.joining(", ", "branches: [", "]"));
  }

  private static String yaml(String branch) {
    return branch.matches("[A-Za-z][\\w./-]*") ? branch : "\"" + branch + "\"";
  }

  /** An expression that gives the environment of the branch that was pushed to. */
  private static String environment(Delivery delivery) {
    List<Delivery.Route> routes = delivery.routes();
    String last = "'" + routes.getLast().place().environment() + "'";
    if (delivery.places().size() == 1) {
      return last;
    }
    return routes.subList(0, routes.size() - 1).stream()
        .map(route ->
            "github.ref_name == '"
                + route.branch()
                + "' && '"
                + route.place().environment()
                + "' || ")
        .collect(Collectors.joining("", "", last));
  }
}
