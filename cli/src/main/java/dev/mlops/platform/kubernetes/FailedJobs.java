package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.stream.Stream;

/** Jobs of the manifests that did not do what they were for; no rollout waits for them. */
record FailedJobs(Site site) {

  /** One sentence each. Where the workload tells of no Jobs, nobody is asked. */
  List<String> notes(Deployment deployment) {
    Extent told = Ledger.extent(List.of(deployment));
    return told.kinds().stream()
        .filter(Succession::isJob)
        .flatMap(kind -> site.cluster().discovery().find(kind).stream())
        .flatMap(kind -> Listing.of(kind, told).stream())
        .flatMap(listing ->
            listing.askIfAllowed(site.cluster(), site.settings().owner()).stream()
                .flatMap(List::stream))
        .filter(job -> job.getMetadata().getOwnerReferences().isEmpty())
        .filter(job -> !job.getMetadata().getLabels().containsKey(JobManifest.LABEL))
        .map(Applier::tree)
        .flatMap(FailedJobs::note)
        .sorted()
        .toList();
  }

  private static Stream<String> note(JsonNode job) {
    return job.at("/status/conditions")
        .valueStream()
        .filter(condition -> condition.path("type").asText().equals("Failed"))
        .filter(condition -> condition.path("status").asText().equals("True"))
        .limit(1)
        .map(failed ->
            Removal.title(job)
                + " has failed: "
                + failed.path("message").asText("no reason given"));
  }
}
