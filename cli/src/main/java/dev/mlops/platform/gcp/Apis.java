package dev.mlops.platform.gcp;

import com.google.api.serviceusage.v1.BatchEnableServicesRequest;
import com.google.api.serviceusage.v1.BatchGetServicesRequest;
import com.google.api.serviceusage.v1.Service;
import com.google.longrunning.Operation;
import dev.mlops.platform.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The APIs that a deployment needs, enabled in one call; none is ever disabled. */
record Apis(Site site) implements Resource {
  static final String ID = "apis";

  /** Also those that are needed only now and then, such as `sts` by federated workflows. */
  private static final List<String> NEEDED =
      List.of(
          "artifactregistry.googleapis.com",
          "cloudbilling.googleapis.com",
          "cloudresourcemanager.googleapis.com",
          "cloudtrace.googleapis.com",
          "compute.googleapis.com",
          "container.googleapis.com",
          "iam.googleapis.com",
          "iamcredentials.googleapis.com",
          "logging.googleapis.com",
          "monitoring.googleapis.com",
          "serviceusage.googleapis.com",
          "sts.googleapis.com",
          "telemetry.googleapis.com");

  private static final Duration LONGEST = Duration.ofMinutes(5);

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "APIs";
  }

  @Override
  public List<String> needs() {
    return List.of(ProjectResource.ID);
  }

  @Override
  public String foresee() {
    return words(NEEDED);
  }

  @Override
  public Resource.State look() throws InterruptedException {
    List<String> missing = missing();
    return missing.isEmpty()
        ? new Resource.State.Ready(NEEDED.size() + " enabled")
        : new Resource.State.Missing(words(missing));
  }

  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    List<String> missing = missing();
    if (!missing.isEmpty()) {
      enable(missing, progress);
    }
    return NEEDED.size() + " enabled";
  }

  @Override
  public List<String> byHand() {
    return List.of(
        "gcloud services enable --project=" + site.project() + " " + String.join(" ", NEEDED));
  }

  private List<String> missing() throws InterruptedException {
    BatchGetServicesRequest request =
        BatchGetServicesRequest.newBuilder()
            .setParent(site.projectName())
            .addAllNames(
                NEEDED.stream().map(api -> site.projectName() + "/services/" + api).toList())
            .build();
    List<Service> known =
        site.policy()
            .find(
                "see which APIs are enabled",
                () -> site.clients().services().batchGetServices(request).getServicesList())
            .orElse(List.of());
    List<String> enabled =
        known.stream()
            .filter(service -> service.getState() == com.google.api.serviceusage.v1.State.ENABLED)
            .map(service -> service.getName().replaceFirst(".*/", ""))
            .toList();
    return NEEDED.stream().filter(api -> !enabled.contains(api)).toList();
  }

  private void enable(List<String> missing, Consumer<String> progress) throws InterruptedException {
    String deed = "enable " + words(missing);
    BatchEnableServicesRequest request =
        BatchEnableServicesRequest.newBuilder()
            .setParent(site.projectName())
            .addAllServiceIds(missing)
            .build();
    var services = site.clients().services();
    progress.accept("enabling " + words(missing));
    Operation begun =
        site.policy()
            .change(
                deed,
                Fault.Kind.UNBILLED,
                progress,
                () -> services.batchEnableServicesCallable().call(request));
    new Making(site, deed, LONGEST, site.clients()::serviceOperation, () -> missing().isEmpty())
        .await(Optional.of(begun), progress);
  }

  private static String words(List<String> apis) {
    return apis.stream()
        .map(api -> api.replaceFirst("\\.googleapis\\.com$", ""))
        .collect(Collectors.joining(", "));
  }
}
