package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.platform.Ownership.Looked;
import dev.mlops.platform.Ownership.Owned;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Our dashboards and alert policies. */
record WatchHolding(Site site) implements Holding {
  @Override
  public List<Looked> look() throws InterruptedException {
    List<Looked> all = new ArrayList<>();
    for (MonitoringKind kind : MonitoringKind.values()) {
      List<Owned> found =
          new Monitoring(site)
              .ours(kind).stream()
                  .map(each -> new Owned(kind.label(), each.path("displayName").asText(), ""))
                  .toList();
      all.add(new Looked(kind.label(), found, List.of(), Looked.FREE));
    }
    return all;
  }

  @Override
  public void remove(Consumer<String> progress) throws InterruptedException {
    var monitoring = new Monitoring(site);
    for (MonitoringKind kind : MonitoringKind.values()) {
      for (JsonNode found : monitoring.ours(kind)) {
        monitoring.remove(kind, found, progress);
      }
    }
  }
}
