package dev.mlops.platform.gcp;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.core.ApiFunction;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.httpjson.InstantiatingHttpJsonChannelProvider;
import com.google.api.gax.rpc.ClientSettings;
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
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Makes Google's clients: each has builders of its own, which do the same. None retries by itself.
 */
record ClientFactory(Endpoints endpoints) {
  private static final Duration ANSWER = Duration.ofSeconds(45);

  private static final ApiFunction<UnaryCallSettings.Builder<?, ?>, Void> ONCE_EACH =
      call -> {
        call.setRetryableCodes(Set.of()).setSimpleTimeoutNoRetriesDuration(ANSWER);
        return null;
      };

  ProjectsClient projects() throws IOException {
    var settings =
        endpoints.speaksRest(GcpClients.PROJECTS)
            ? ProjectsSettings.newHttpJsonBuilder()
            : ProjectsSettings.newBuilder();
    connect(
        settings,
        GcpClients.PROJECTS,
        ProjectsSettings.defaultGrpcTransportProviderBuilder(),
        Optional.of(ProjectsSettings.defaultHttpJsonTransportProviderBuilder()));
    return ProjectsClient.create(settings.applyToAllUnaryMethods(ONCE_EACH).build());
  }

  CloudBillingClient billing() throws IOException {
    var settings =
        endpoints.speaksRest("cloudbilling")
            ? CloudBillingSettings.newHttpJsonBuilder()
            : CloudBillingSettings.newBuilder();
    connect(
        settings,
        "cloudbilling",
        CloudBillingSettings.defaultGrpcTransportProviderBuilder(),
        Optional.of(CloudBillingSettings.defaultHttpJsonTransportProviderBuilder()));
    return CloudBillingClient.create(settings.applyToAllUnaryMethods(ONCE_EACH).build());
  }

  ServiceUsageClient services() throws IOException {
    var settings =
        endpoints.speaksRest(GcpClients.SERVICES)
            ? ServiceUsageSettings.newHttpJsonBuilder()
            : ServiceUsageSettings.newBuilder();
    connect(
        settings,
        GcpClients.SERVICES,
        ServiceUsageSettings.defaultGrpcTransportProviderBuilder(),
        Optional.of(ServiceUsageSettings.defaultHttpJsonTransportProviderBuilder()));
    return ServiceUsageClient.create(settings.applyToAllUnaryMethods(ONCE_EACH).build());
  }

  IAMClient accounts() throws IOException {
    var settings = IAMSettings.newBuilder();
    connect(settings, "iam", IAMSettings.defaultGrpcTransportProviderBuilder(), Optional.empty());
    return IAMClient.create(settings.applyToAllUnaryMethods(ONCE_EACH).build());
  }

  ClusterManagerClient clusters() throws IOException {
    var settings =
        endpoints.speaksRest("container")
            ? ClusterManagerSettings.newHttpJsonBuilder()
            : ClusterManagerSettings.newBuilder();
    connect(
        settings,
        "container",
        ClusterManagerSettings.defaultGrpcTransportProviderBuilder(),
        Optional.of(ClusterManagerSettings.defaultHttpJsonTransportProviderBuilder()));
    return ClusterManagerClient.create(settings.applyToAllUnaryMethods(ONCE_EACH).build());
  }

  ArtifactRegistryClient repositories() throws IOException {
    var settings =
        endpoints.speaksRest(GcpClients.REPOSITORIES)
            ? ArtifactRegistrySettings.newHttpJsonBuilder()
            : ArtifactRegistrySettings.newBuilder();
    connect(
        settings,
        GcpClients.REPOSITORIES,
        ArtifactRegistrySettings.defaultGrpcTransportProviderBuilder(),
        Optional.of(ArtifactRegistrySettings.defaultHttpJsonTransportProviderBuilder()));
    return ArtifactRegistryClient.create(settings.applyToAllUnaryMethods(ONCE_EACH).build());
  }

  private void connect(
      ClientSettings.Builder<?, ?> settings,
      String api,
      InstantiatingGrpcChannelProvider.Builder grpc,
      Optional<InstantiatingHttpJsonChannelProvider.Builder> rest) {
    settings
        .setCredentialsProvider(endpoints.credentials(api))
        .setTransportChannelProvider(endpoints.channel(api, grpc, rest));
  }

  Iam pools() {
    URI address = endpoints.rest("iam-rest");
    Optional<HttpCredentialsAdapter> credentials =
        endpoints
            .tokensFor(address)
            .map(tokens -> new HttpCredentialsAdapter(tokens.credentials()));
    return new Iam.Builder(
            new JdkTransport(Rest.CLIENT.get(), UnaryOperator.identity()),
            GsonFactory.getDefaultInstance(),
            request -> {
              if (credentials.isPresent()) {
                credentials.get().initialize(request);
              }
              request.setConnectTimeout((int) ANSWER.toMillis());
              request.setReadTimeout((int) ANSWER.toMillis());
            })
        .setGoogleClientRequestInitializer(request -> request.setDisableGZipContent(true))
        .setSuppressPatternChecks(true) // Google names operations in more than one way.
        .setRootUrl(address + "/")
        .setApplicationName("mlops")
        .build();
  }
}
