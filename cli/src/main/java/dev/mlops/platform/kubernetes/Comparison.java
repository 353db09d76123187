package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What would change in the cluster; reads only. */
record Comparison(Site site) {

  /** One line for each value. */
  List<String> lines(Desired desired) {
    Delivery delivery = Delivery.of(site, desired);
    boolean namespace = new Namespaces(site).exists();
    List<String> lines = new ArrayList<>();
    if (!namespace) {
      lines.add("Namespace " + site.namespace() + ": new");
    }
    site.main()
        .flatMap(ReleaseReader::of)
        .ifPresent(now -> lines.addAll(release(now, desired.release())));
    var applier = new Applier(site.cluster(), site.namespace(), true);
    var custom = new CustomKinds(site.cluster(), delivery.objects());
    var spent = SpentJobs.of(site.main());
    lines.addAll(
        Refusals.gather(
            delivery.objects(),
            object ->
                custom.isToCome(object)
                    ? List.of(Removal.title(object) + ": new")
                    : spent.has(object, desired.manifests()) && applier.live(object).isEmpty()
                        ? List.of()
                        : object(
                            applier, object, namespace && !bringsItsNamespace(delivery, object))));
    site.main()
        .filter(main -> lines.isEmpty() && !History.isUp(main))
        .ifPresent(_ -> lines.add("release " + desired.release().name() + ": has not come up yet"));
    lines.addAll(new Departures(site, delivery.leavers()).lines());
    return lines;
  }

  private List<String> object(Applier applier, ObjectNode object, boolean namespace) {
    Optional<ObjectNode> live = applier.live(object);
    if (live.isPresent()) {
      return new Succession(applier, site.settings().owner())
          .dryRun(object, live.get())
          .map(after -> Differences.between(live.get(), after))
          .orElse(List.of(Removal.title(object) + ": replaced, as it has ended"));
    }
    if (namespace) {
      applier.dryRun(object); // what the server will not take is said before anything is changed
    }
    return List.of(Removal.title(object) + ": new");
  }

  /** Nothing can be tried in a namespace that the manifests are yet to make. */
  private boolean bringsItsNamespace(Delivery delivery, ObjectNode object) {
    String name = object.at("/metadata/namespace").asText(site.namespace());
    return delivery.objects().stream()
        .filter(other -> other.path("kind").asText().equals("Namespace"))
        .anyMatch(other -> other.at("/metadata/name").asText().equals(name));
  }

  private static List<String> release(Release before, Release after) {
    List<String> lines = new ArrayList<>();
    if (!before.name().equals(after.name())) {
      lines.add("release " + before.name() + " → " + after.name());
    }
    lines.addAll(before.factsChangedIn(after));
    return lines;
  }
}
