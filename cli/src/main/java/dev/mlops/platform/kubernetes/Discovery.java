package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What kinds of objects a server has, its custom resources among them.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/">Discovery API</a>
 */
final class Discovery {
  /**
   * Every kind whose objects are kept, each in its group's preferred version.
   *
   * @param silent groups that did not answer, as those of a broken aggregated API
   */
  record Kinds(List<ApiKind> all, List<String> silent) {}

  private record Answer(String version, Optional<APIResourceList> resources) {}

  private final Cluster cluster;
  private final Map<String, List<ApiKind>> known = new ConcurrentHashMap<>();

  Discovery(Cluster cluster) {
    this.cluster = cluster;
  }

  Kinds everything() {
    List<ApiKind> all = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    for (Answer answer : Parallel.map(preferredVersions(), this::ask)) {
      answer
          .resources()
          .ifPresentOrElse(
              list -> kinds(answer.version(), list).filter(ApiKind::isKept).forEach(all::add),
              () -> silent.add(answer.version()));
    }
    return new Kinds(all, silent);
  }

  /** Empty if the server has no such kind; one that was not there is asked for again. */
  Optional<ApiKind> find(Kind kind) {
    return among(known.getOrDefault(kind.apiVersion(), List.of()), kind)
        .or(() -> {
          List<ApiKind> now = kinds(kind.apiVersion());
          known.put(kind.apiVersion(), now);
          return among(now, kind);
        });
  }

  private static Optional<ApiKind> among(List<ApiKind> kinds, Kind kind) {
    return kinds.stream().filter(found -> found.kind().equals(kind)).findFirst();
  }

  private List<ApiKind> kinds(String version) {
    APIResourceList list =
        ApiProblems.asking(
            cluster,
            "read the kinds of " + version,
            () -> cluster.client().getApiResources(version));
    return list == null ? List.of() : kinds(version, list).toList();
  }

  private List<String> preferredVersions() {
    List<APIGroup> groups =
        ApiProblems.asking(
            cluster, "read which kinds it has", () -> cluster.client().getApiGroups().getGroups());
    Stream<String> named =
        groups.stream()
            .map(APIGroup::getPreferredVersion)
            .map(GroupVersionForDiscovery::getGroupVersion);
    return Stream.concat(Stream.of("v1"), named).toList();
  }

  private Answer ask(String version) {
    try {
      return new Answer(version, Optional.ofNullable(cluster.client().getApiResources(version)));
    } catch (KubernetesClientException e) {
      if (e.getCode() == 0 || e.getCode() == 401) {
        throw ApiProblems.of(cluster, "read the kinds of " + version, e);
      }
      return new Answer(version, Optional.empty());
    }
  }

  private static Stream<ApiKind> kinds(String version, APIResourceList list) {
    return list.getResources().stream()
        .filter(resource -> !resource.getName().contains("/")) // parts such as pods/log
        .map(resource -> kind(version, resource));
  }

  private static ApiKind kind(String version, APIResource resource) {
    return new ApiKind(
        new Kind(version, resource.getKind()),
        resource.getName(),
        resource.getNamespaced(),
        new HashSet<>(resource.getVerbs()));
  }
}
