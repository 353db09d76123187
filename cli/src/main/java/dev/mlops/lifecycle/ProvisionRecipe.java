package dev.mlops.lifecycle;

import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Provisioning;
import dev.mlops.platform.Resource;
import dev.mlops.problem.Code;
import dev.mlops.step.EnsureResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes what the environment stands on: side by side what can be, nothing twice. */
public final class ProvisionRecipe {
  private ProvisionRecipe() {}

  /**
   * @param only ids of the resources that are wanted, with what they need; all if empty
   */
  public static Plan plan(Platform platform, List<String> only) {
    Plan plan = new Plan();
    add(plan, chosen(platform.provisioning(), only));
    return plan;
  }

  /** At the head of a plan; empty where the platform has nothing to make. */
  static List<Ref<String>> addTo(Plan plan, Platform platform) {
    return add(plan, platform.provisioning().resources());
  }

  private static List<Ref<String>> add(Plan plan, List<Resource> resources) {
    Map<String, Ref<String>> byId = new LinkedHashMap<>();
    for (Resource resource : resources) {
      List<Ref<?>> needs = new ArrayList<>();
      resource.needs().forEach(id -> needs.add(byId.get(id)));
      byId.put(resource.id(), plan.add(new EnsureResource(resource, needs)));
    }
    return List.copyOf(byId.values());
  }

  private static List<Resource> chosen(Provisioning provisioning, List<String> only) {
    if (only.isEmpty()) {
      return provisioning.resources();
    }
    List<Resource> all = new ArrayList<>(provisioning.resources());
    all.addAll(provisioning.onDemand());
    Set<String> known =
        all.stream().map(Resource::id).collect(Collectors.toCollection(LinkedHashSet::new));
    for (String id : only) {
      if (!known.contains(id)) {
        throw unknown(id, known);
      }
    }
    Set<String> wanted = new LinkedHashSet<>(only);
    // From the last to the first: none needs a later one.
    all.reversed().stream()
        .filter(resource -> wanted.contains(resource.id()))
        .forEach(resource -> wanted.addAll(resource.needs()));
    return all.stream().filter(resource -> wanted.contains(resource.id())).toList();
  }

  private static RuntimeException unknown(String id, Set<String> known) {
    return Code.USAGE.problem(
        "There is no resource `" + id + "` to provision",
        known.isEmpty()
            ? "This platform stands on what is there already."
            : "There are: " + String.join(", ", known) + ".",
        "mlops provision --help");
  }
}
