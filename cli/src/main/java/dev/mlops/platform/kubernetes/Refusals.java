package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells of all objects that a cluster refuses, where there is more than one. */
final class Refusals {
  /** What is wrong with one object, and not with the way to the cluster. */
  private static final Set<Code> OF_ONE =
      Set.of(
          Code.KUBERNETES_IMMUTABLE,
          Code.KUBERNETES_JOB_RUNS,
          Code.KUBERNETES_KIND,
          Code.KUBERNETES_REJECTED,
          Code.KUBERNETES_ADMISSION);

  private record Look(List<String> lines, List<MlopsException> refused) {}

  private Refusals() {}

  /** The lines of all, looked at side by side. */
  static List<String> gather(List<ObjectNode> objects, Function<ObjectNode, List<String>> look) {
    List<Look> looks = Parallel.map(objects, object -> at(object, look));
    List<MlopsException> refused = looks.stream().flatMap(l -> l.refused().stream()).toList();
    if (!refused.isEmpty()) {
      throw refused.size() == 1 ? refused.getFirst() : together(refused);
    }
    return looks.stream().flatMap(l -> l.lines().stream()).toList();
  }

  private static Look at(ObjectNode object, Function<ObjectNode, List<String>> look) {
    try {
      return new Look(look.apply(object), List.of());
    } catch (MlopsException e) {
      if (!OF_ONE.contains(e.problem().code())) {
        throw e;
      }
      return new Look(List.of(), List.of(e));
    }
  }

  private static MlopsException together(List<MlopsException> refused) {
    List<Problem> problems = refused.stream().map(MlopsException::problem).toList();
    List<String> whys = new ArrayList<>();
    for (Problem problem : problems) {
      whys.add(problem.message() + ": " + problem.why() + " " + problem.next());
    }
    MlopsException first = refused.getFirst();
    var told =
        new MlopsException(
            new Problem(
                first.problem().code(),
                problems.stream().map(Problem::message).collect(Collectors.joining("\n")),
                String.join("\n", whys),
                "mlops plan",
                first.problem().cause()),
            first);
    refused.stream().skip(1).forEach(told::addSuppressed);
    return told;
  }
}
