package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.platform.Resource;
import dev.mlops.platform.gcp.MonitoringSpec.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A dashboard and two alerts, of errors and of latency; made only when it is asked for. */
record Watch(Site site) implements Resource {
  static final String ID = "observability";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Dashboard and alerts";
  }

  @Override
  public List<String> needs() {
    return List.of(Apis.ID);
  }

  @Override
  public State look() throws InterruptedException {
    List<String> missing = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    for (Wanted wanted : wanted()) {
      Optional<JsonNode> found = monitoring().find(wanted);
      if (found.isEmpty()) {
        missing.add(wanted.title());
      } else if (!isAsWanted(wanted, found.get())) {
        differences.add(new Difference(wanted.title() + ": of an older form", Way.IN_PLACE));
      }
    }
    if (!missing.isEmpty()) {
      return new State.Missing(String.join("\n", missing));
    }
    return differences.isEmpty()
        ? new State.Ready(wanted().size() + " in Cloud Monitoring")
        : new State.Differs(differences);
  }

  /** What is of an older form is made anew, since nothing hangs on it. */
  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    for (Wanted wanted : wanted()) {
      Optional<JsonNode> found = monitoring().find(wanted);
      if (found.isPresent() && !isAsWanted(wanted, found.get())) {
        monitoring().remove(wanted.kind(), found.get(), progress);
      }
      if (found.isEmpty() || !isAsWanted(wanted, found.get())) {
        monitoring().create(wanted, progress);
      }
    }
    return wanted().size() + " in Cloud Monitoring";
  }

  @Override
  public List<String> byHand() {
    String project = " --project=" + site.project();
    return List.of(
        "gcloud monitoring dashboards create --config-from-file=dashboard.json" + project,
        "gcloud alpha monitoring policies create --policy-from-file=alert.json" + project);
  }

  private static boolean isAsWanted(Wanted wanted, JsonNode found) {
    return found
        .path(wanted.kind().labels())
        .path(MonitoringSpec.SPEC)
        .asText()
        .equals(wanted.hash());
  }

  private List<Wanted> wanted() {
    return new MonitoringSpec(site).all();
  }

  private Monitoring monitoring() {
    return new Monitoring(site);
  }
}
