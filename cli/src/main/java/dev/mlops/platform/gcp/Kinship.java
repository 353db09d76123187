package dev.mlops.platform.gcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tells whose a leftover is. Newer ones carry their cluster as a label; of others the name, the
 * nodes that they point to and the namespace have to tell. What could be of another cluster is not
 * ours.
 *
 * @param location of our cluster
 * @param labels of what is ours, which some of Google's controllers pass on
 * @param others names of the project's other clusters
 * @param mayBeAdopted whether the cluster, which is gone, may have been somebody else's: then only
 *     what our namespace asked for is ours
 */
record Kinship(
    String cluster,
    String location,
    String namespace,
    Map<String, String> labels,
    List<String> others,
    boolean mayBeAdopted) {
  enum Answer {
    OURS,
    OTHERS,
    /** Made by Kubernetes, and nothing says for which of the project's clusters. */
    UNCERTAIN
  }

  /**
   * Those that are ours, and those that can't be told.
   *
   * @param unseen why a kind could not be looked at
   */
  record Told(List<Leftover> ours, List<Leftover> uncertain, Map<LeftoverKind, String> unseen) {
    Told without(Map<LeftoverKind, String> kinds) {
      return new Told(ours, uncertain, kinds);
    }

    List<Leftover> oursOf(LeftoverKind kind) {
      return ours.stream().filter(each -> each.kind() == kind).toList();
    }

    List<Leftover> uncertainOf(LeftoverKind kind) {
      return uncertain.stream().filter(each -> each.kind() == kind).toList();
    }
  }

  Told tell(List<Leftover> all) {
    List<Leftover> ours = new ArrayList<>();
    List<Leftover> uncertain = new ArrayList<>();
    for (Leftover leftover : all) {
      switch (of(leftover)) {
        case OURS -> ours.add(leftover);
        case UNCERTAIN -> uncertain.add(leftover);
        case OTHERS -> {}
      }
    }
    for (boolean grown = true; grown; ) {
      List<Leftover> kin = uncertain.stream().filter(each -> isTiedTo(each, ours)).toList();
      grown = !kin.isEmpty();
      ours.addAll(kin);
      uncertain.removeAll(kin);
    }
    return new Told(ours, uncertain, Map.of());
  }

  private Answer of(Leftover leftover) {
    if (leftover.hasLabels(labels)) {
      return Answer.OURS;
    }
    boolean isAtHome = leftover.namespace().map(namespace::equals).orElse(false);
    Answer answer = byCluster(leftover, isAtHome);
    return mayBeAdopted && answer == Answer.OURS && !isAtHome ? Answer.UNCERTAIN : answer;
  }

  private Answer byCluster(Leftover leftover, boolean isAtHome) {
    if (leftover.clusterLabel().isPresent()) {
      boolean isHere = leftover.locationLabel().map(location::equals).orElse(true);
      return leftover.clusterLabel().get().equals(cluster) && isHere ? Answer.OURS : Answer.OTHERS;
    }
    if (others.stream().anyMatch(other -> isOf(leftover, other))) {
      return Answer.OTHERS;
    }
    if (isOf(leftover, cluster)) {
      return Answer.OURS;
    }
    if (!leftover.isOfKubernetes() || leftover.pointsToMachines()) {
      return Answer.OTHERS;
    }
    return others.isEmpty() || isAtHome ? Answer.OURS : Answer.UNCERTAIN;
  }

  /** A longer name of another cluster may begin as ours does, and the other way round. */
  private boolean isOf(Leftover leftover, String name) {
    boolean isNamed = leftover.isNamedFor(name) || leftover.pointsToNodesOf(name);
    return isNamed
        && others.stream()
            .filter(other -> other.length() > name.length() && other.startsWith(name + "-"))
            .noneMatch(longer -> leftover.isNamedFor(longer) || leftover.pointsToNodesOf(longer));
  }

  /** A load balancer's parts have one name, or point to each other. */
  private static boolean isTiedTo(Leftover leftover, List<Leftover> ours) {
    return ours.stream()
        .anyMatch(each ->
            each.name().equals(leftover.name())
                || leftover.name().equals("k8s-fw-" + each.name())
                || each.pointsTo(leftover)
                || leftover.pointsTo(each));
  }
}
