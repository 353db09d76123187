package dev.mlops.platform.gcp;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.core.ApiFunction;
import com.google.api.gax.rpc.UnaryCallSettings;
import com.google.api.services.iam.v1.Iam;
import com.google.api.serviceusage.v1.ServiceUsageClient;
import com.google.api.serviceusage.v1.ServiceUsageSettings;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.cloud.billing.v1.CloudBillingClient;
import com.google.cloud.billing.v1.CloudBillingSettings;
import com.google.cloud.container.v1.ClusterManagerClient;
import com.google.cloud.container.v1.ClusterManagerSettings;
import com.google.cloud.iam.admin.v1.IAMClient;
import com.google.cloud.iam.admin.v1.IAMSettings;
import com.google.cloud.resourcemanager.v3.ProjectsClient;
import com.google.cloud.resourcemanager.v3.ProjectsSettings;
import com.google.devtools.artifactregistry.v1.ArtifactRegistryClient;
import com.google.devtools.artifactregistry.v1.ArtifactRegistrySettings;
import dev.mlops.platform.kubernetes.Lazy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Google's clients, each made when it is first asked for. None of them retries by itself: that is
 * {@link Policy}'s, for all of them alike.
 */
final class GcpClients {
  private static final Duration ANSWER = Duration.ofSeconds(45);

  /** They write to standard error of their own accord; what matters comes as an exception. */
  private static final List<Logger> SILENT =
      List.of(Logger.getLogger("io.grpc"), Logger.getLogger("com.google"));

  static {
    SILENT.forEach(logger -> logger.setLevel(Level.OFF));
  }

  private final Endpoints endpoints;
  private final Lazy<ProjectsClient> projects = lazy(this::makeProjects);
  private final Lazy<CloudBillingClient> billing = lazy(this::makeBilling);
  private final Lazy<ServiceUsageClient> services = lazy(this::makeServices);
  private final Lazy<IAMClient> accounts = lazy(this::makeAccounts);
  private final Lazy<Iam> pools = new Lazy<>(this::makePools);
  private final Lazy<ClusterManagerClient> clusters = lazy(this::makeClusters);
  private final Lazy<ArtifactRegistryClient> repositories = lazy(this::makeRepositories);

  GcpClients(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  Endpoints endpoints() {
    return endpoints;
  }

  ProjectsClient projects() {
    return projects.get();
  }

  CloudBillingClient billing() {
    return billing.get();
  }

  ServiceUsageClient services() {
    return services.get();
  }

  /** Service accounts. */
  IAMClient accounts() {
    return accounts.get();
  }

  /** Workload identity pools and their providers. */
  Iam pools() {
    return pools.get();
  }

  ClusterManagerClient clusters() {
    return clusters.get();
  }

  ArtifactRegistryClient repositories() {
    return repositories.get();
  }

  /** An API that has few calls of ours, such as {@code compute}. */
  Rest rest(String api) {
    URI address = endpoints.rest(api);
    return new Rest(address, endpoints.tokensFor(address));
  }

  /** No token of Google's is for GitHub. */
  Rest github() {
    return new Rest(endpoints.rest("github"), Optional.empty());
  }

  private ProjectsClient makeProjects() throws IOException {
    String api = "cloudresourcemanager";
    ProjectsSettings.Builder settings =
        endpoints.speaksRest(api)
            ? ProjectsSettings.newHttpJsonBuilder()
            : ProjectsSettings.newBuilder();
    settings
        .setCredentialsProvider(endpoints.credentials(api))
        .setTransportChannelProvider(
            endpoints.channel(
                api,
                ProjectsSettings.defaultGrpcTransportProviderBuilder(),
                Optional.of(ProjectsSettings.defaultHttpJsonTransportProviderBuilder())));
    return ProjectsClient.create(settings.applyToAllUnaryMethods(onceEach()).build());
  }

  private CloudBillingClient makeBilling() throws IOException {
    String api = "cloudbilling";
    CloudBillingSettings.Builder settings =
        endpoints.speaksRest(api)
            ? CloudBillingSettings.newHttpJsonBuilder()
            : CloudBillingSettings.newBuilder();
    settings
        .setCredentialsProvider(endpoints.credentials(api))
        .setTransportChannelProvider(
            endpoints.channel(
                api,
                CloudBillingSettings.defaultGrpcTransportProviderBuilder(),
                Optional.of(CloudBillingSettings.defaultHttpJsonTransportProviderBuilder())));
    return CloudBillingClient.create(settings.applyToAllUnaryMethods(onceEach()).build());
  }

  private ServiceUsageClient makeServices() throws IOException {
    String api = "serviceusage";
    ServiceUsageSettings.Builder settings =
        endpoints.speaksRest(api)
            ? ServiceUsageSettings.newHttpJsonBuilder()
            : ServiceUsageSettings.newBuilder();
    settings
        .setCredentialsProvider(endpoints.credentials(api))
        .setTransportChannelProvider(
            endpoints.channel(
                api,
                ServiceUsageSettings.defaultGrpcTransportProviderBuilder(),
                Optional.of(ServiceUsageSettings.defaultHttpJsonTransportProviderBuilder())));
    return ServiceUsageClient.create(settings.applyToAllUnaryMethods(onceEach()).build());
  }

  private IAMClient makeAccounts() throws IOException {
    String api = "iam";
    IAMSettings.Builder settings = IAMSettings.newBuilder();
    settings
        .setCredentialsProvider(endpoints.credentials(api))
        .setTransportChannelProvider(
            endpoints.channel(
                api, IAMSettings.defaultGrpcTransportProviderBuilder(), Optional.empty()));
    return IAMClient.create(settings.applyToAllUnaryMethods(onceEach()).build());
  }

  private Iam makePools() {
    URI address = endpoints.rest("iam-rest");
    Optional<HttpCredentialsAdapter> credentials =
        endpoints
            .tokensFor(address)
            .map(tokens -> new HttpCredentialsAdapter(tokens.credentials()));
    return new Iam.Builder(
            new NetHttpTransport(),
            GsonFactory.getDefaultInstance(),
            request -> {
              if (credentials.isPresent()) {
                credentials.get().initialize(request);
              }
              request.setConnectTimeout((int) ANSWER.toMillis());
              request.setReadTimeout((int) ANSWER.toMillis());
            })
        .setGoogleClientRequestInitializer(request -> request.setDisableGZipContent(true))
        .setRootUrl(address + "/")
        .setApplicationName("mlops")
        .build();
  }

  private ClusterManagerClient makeClusters() throws IOException {
    String api = "container";
    ClusterManagerSettings.Builder settings =
        endpoints.speaksRest(api)
            ? ClusterManagerSettings.newHttpJsonBuilder()
            : ClusterManagerSettings.newBuilder();
    settings
        .setCredentialsProvider(endpoints.credentials(api))
        .setTransportChannelProvider(
            endpoints.channel(
                api,
                ClusterManagerSettings.defaultGrpcTransportProviderBuilder(),
                Optional.of(ClusterManagerSettings.defaultHttpJsonTransportProviderBuilder())));
    return ClusterManagerClient.create(settings.applyToAllUnaryMethods(onceEach()).build());
  }

  private ArtifactRegistryClient makeRepositories() throws IOException {
    String api = "artifactregistry";
    ArtifactRegistrySettings.Builder settings =
        endpoints.speaksRest(api)
            ? ArtifactRegistrySettings.newHttpJsonBuilder()
            : ArtifactRegistrySettings.newBuilder();
    settings
        .setCredentialsProvider(endpoints.credentials(api))
        .setTransportChannelProvider(
            endpoints.channel(
                api,
                ArtifactRegistrySettings.defaultGrpcTransportProviderBuilder(),
                Optional.of(ArtifactRegistrySettings.defaultHttpJsonTransportProviderBuilder())));
    return ArtifactRegistryClient.create(settings.applyToAllUnaryMethods(onceEach()).build());
  }

  private static ApiFunction<UnaryCallSettings.Builder<?, ?>, Void> onceEach() {
    return call -> {
      call.setRetryableCodes(Set.of()).setSimpleTimeoutNoRetriesDuration(ANSWER);
      return null;
    };
  }

  private static <T> Lazy<T> lazy(Callable<T> maker) {
    return new Lazy<>(() -> {
      try {
        return maker.call();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });
  }
}
