package dev.mlops.platform.gcp;

import com.google.api.services.iam.v1.Iam;
import com.google.api.serviceusage.v1.ServiceUsageClient;
import com.google.cloud.billing.v1.CloudBillingClient;
import com.google.cloud.container.v1.ClusterManagerClient;
import com.google.cloud.iam.admin.v1.IAMClient;
import com.google.cloud.resourcemanager.v3.ProjectsClient;
import com.google.devtools.artifactregistry.v1.ArtifactRegistryClient;
import com.google.longrunning.Operation;
import dev.mlops.platform.kubernetes.Lazy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Google's clients, each made when it is first asked for. None of them retries by itself: that is
 * {@link Policy}'s, for all of them alike.
 */
final class GcpClients {
  static final String PROJECTS = "cloudresourcemanager";
  static final String SERVICES = "serviceusage";
  static final String REPOSITORIES = "artifactregistry";

  /** They write to standard error of their own accord; what matters comes as an exception. */
  private static final List<Logger> SILENT =
      List.of(Logger.getLogger("io.grpc"), Logger.getLogger("com.google"));

  static {
    SILENT.forEach(logger -> logger.setLevel(Level.OFF));
  }

  private final Endpoints endpoints;
  private final Lazy<ProjectsClient> projects;
  private final Lazy<CloudBillingClient> billing;
  private final Lazy<ServiceUsageClient> services;
  private final Lazy<IAMClient> accounts;
  private final Lazy<Iam> pools;
  private final Lazy<ClusterManagerClient> clusters;
  private final Lazy<ArtifactRegistryClient> repositories;

  GcpClients(Endpoints endpoints) {
    var make = new ClientFactory(endpoints);
    this.endpoints = endpoints;
    this.projects = lazy(make::projects);
    this.billing = lazy(make::billing);
    this.services = lazy(make::services);
    this.accounts = lazy(make::accounts);
    this.pools = lazy(make::pools);
    this.clusters = lazy(make::clusters);
    this.repositories = lazy(make::repositories);
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

  /** An API of Google's that has few calls of ours, such as {@code compute}. */
  Rest rest(String api) {
    URI address = endpoints.rest(api);
    return new Rest(address, endpoints.tokensFor(address));
  }

  /** No token of Google's is for GitHub. */
  Rest github() {
    return new Rest(endpoints.rest("github"), Optional.empty());
  }

  /** Of {@link #projects}. */
  Operation projectOperation(String name) throws IOException {
    return endpoints.speaksRest(PROJECTS)
        ? projects().getHttpJsonOperationsClient().getOperation(name)
        : projects().getOperationsClient().getOperation(name);
  }

  /** Of {@link #services}. */
  Operation serviceOperation(String name) throws IOException {
    return endpoints.speaksRest(SERVICES)
        ? services().getHttpJsonOperationsClient().getOperation(name)
        : services().getOperationsClient().getOperation(name);
  }

  /** Of {@link #repositories}. */
  Operation repositoryOperation(String name) throws IOException {
    return endpoints.speaksRest(REPOSITORIES)
        ? repositories().getHttpJsonOperationsClient().getOperation(name)
        : repositories().getOperationsClient().getOperation(name);
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
