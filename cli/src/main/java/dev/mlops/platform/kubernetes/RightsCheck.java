package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether we may do all that these manifests need; what is missing is told at once. */
record RightsCheck(Site site, List<ObjectNode> manifests) implements Check {
  private record Question(Right right, String verb) {}

  @Override
  public String id() {
    return "rights";
  }

  @Override
  public String title() {
    return "Rights";
  }

  @Override
  public Result look() {
    List<Question> questions =
        needed().stream()
            .flatMap(right -> right.verbs().stream().map(verb -> new Question(right, verb)))
            .toList();
    var reviews = new AccessReviews(site);
    if (!reviews.allowsAll()) {
      List<String> missing = missing(reviews, questions);
      if (!missing.isEmpty()) {
        throw Code.KUBERNETES_FORBIDDEN.problem(
            "Rights are missing in namespace " + site.namespace() + ":\n" + lines(missing),
            "The cluster " + site.cluster().name() + " would refuse the calls that need them.",
            "Ask for the Role of docs/reference/kubernetes-role.md");
      }
    }
    return new Result.Fine(questions.size() + " rights");
  }

  private static List<String> missing(AccessReviews reviews, List<Question> questions) {
    List<Boolean> allowed =
        Parallel.map(questions, question -> reviews.allows(question.right(), question.verb()));
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      if (!allowed.get(i)) {
        missing.add(questions.get(i).right().title(questions.get(i).verb()));
      }
    }
    return missing;
  }

  private static String lines(List<String> missing) {
    return "  " + String.join("\n  ", missing);
  }

  List<Right> needed() {
    List<Kind> kinds = manifests.stream().map(Kind::of).distinct().toList();
    Stream<Right> managed = Parallel.map(kinds, this::plural).stream().flatMap(Optional::stream);
    return Rights.merged(Stream.concat(Rights.ALWAYS.stream(), managed).toList());
  }

  /** Empty where the server has no such kind: what defines it may be among the manifests. */
  private Optional<Right> plural(Kind kind) {
    String known = Rights.plural(kind);
    if (!known.isEmpty()) {
      return Optional.of(Rights.manage(kind, known));
    }
    APIResourceList served =
        site.ask(
            "list the kinds of " + kind.apiVersion(),
            client -> client.getApiResources(kind.apiVersion()));
    Stream<APIResource> resources =
        served == null ? Stream.empty() : served.getResources().stream();
    return resources
        .filter(resource -> resource.getKind().equals(kind.kind()))
        .map(APIResource::getName)
        .filter(name -> !name.contains("/"))
        .findFirst()
        .map(name -> Rights.manage(kind, name));
  }
}
