package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.platform.gcp.MonitoringSpec.Wanted;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Dashboards and alert policies, found by our labels: Google makes their names up. */
record Monitoring(Site site) {
  private static final String API = "monitoring";

  List<JsonNode> ours(MonitoringKind kind) throws InterruptedException {
    var spec = new MonitoringSpec(site);
    return list(kind).stream().filter(found -> spec.isOurs(kind, found)).toList();
  }

  Optional<JsonNode> find(Wanted wanted) throws InterruptedException {
    return ours(wanted.kind()).stream()
        .filter(found -> found.path("displayName").asText().equals(wanted.title()))
        .findFirst();
  }

  void create(Wanted wanted, Consumer<String> progress) throws InterruptedException {
    String deed = "make the " + wanted.kind().label() + " \"" + wanted.title() + "\"";
    progress.accept(deed);
    site.policy()
        .create(
            deed,
            progress,
            () -> find(wanted).isPresent(),
            () -> site.clients().rest(API).post(collection(wanted.kind()), wanted.body()));
  }

  void remove(MonitoringKind kind, JsonNode found, Consumer<String> progress)
      throws InterruptedException {
    String deed = "remove the " + kind.label() + " \"" + found.path("displayName").asText() + "\"";
    progress.accept(deed);
    String path = kind.version() + found.path("name").asText();
    site.policy().remove(deed, progress, () -> site.clients().rest(API).delete(path));
  }

  private String collection(MonitoringKind kind) {
    return kind.version() + site.projectName() + "/" + kind.collection();
  }

  private List<JsonNode> list(MonitoringKind kind) throws InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    String page = "";
    do {
      String path = collection(kind) + page;
      Optional<JsonNode> answer =
          site.policy().find("list each " + kind.label(), () -> site.clients().rest(API).get(path));
      answer.ifPresent(json -> json.path(kind.collection()).forEach(all::add));
      String next = answer.map(json -> json.path("nextPageToken").asText()).orElse("");
      page = next.isEmpty() ? "" : "?pageToken=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    } while (!page.isEmpty());
    return all;
  }
}
