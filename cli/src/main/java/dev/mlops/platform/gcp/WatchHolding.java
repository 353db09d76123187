package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.platform.Ownership.Looked;
import dev.mlops.platform.Ownership.Owned;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Our dashboards and alert policies. */
record WatchHolding(Site site) implements Holding {
  @Override
  public List<String> kinds() {
    return Stream.of(MonitoringKind.values()).map(MonitoringKind::label).toList();
  }

  @Override
  public List<Looked> look() throws InterruptedException {
    return Parallel.map(List.of(MonitoringKind.values()), this::look);
  }

  private Looked look(MonitoringKind kind) throws InterruptedException {
    try {
      List<Owned> found =
          new Monitoring(site)
              .ours(kind).stream()
                  .map(each -> new Owned(kind.label(), each.path("displayName").asText(), ""))
                  .toList();
      return new Looked(kind.label(), found, List.of(), Looked.FREE);
    } catch (MlopsException e) {
      if (e.problem().code() != Code.GCP_DENIED) {
        throw e;
      }
      return Looked.unseen(kind.label(), e.problem().why());
    }
  }

  /** What may not be seen is passed over: nothing else hangs on it, and the receipt tells. */
  @Override
  public void remove(Consumer<String> progress) throws InterruptedException {
    var monitoring = new Monitoring(site);
    for (MonitoringKind kind : MonitoringKind.values()) {
      if (look(kind).isSeen()) {
        for (JsonNode found : monitoring.ours(kind)) {
          monitoring.remove(kind, found, progress);
        }
      }
    }
  }
}
