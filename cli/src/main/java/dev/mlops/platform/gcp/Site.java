package dev.mlops.platform.gcp;

import com.google.cloud.resourcemanager.v3.Project;
import dev.mlops.config.Gcp;
import dev.mlops.config.GcpEndpoints;
import java.net.URI;

/** One environment's place in Google Cloud, and what every resource there is made with. */
record Site(GcpSettings settings, Names names, GcpClients clients, Policy policy) {

  static Site of(GcpSettings settings) {
    GcpEndpoints written = settings.config().endpoints();
    var tokens = new TokenSource(settings.variables(), written);
    return new Site(
        settings,
        new Names(settings.project(), settings.owner()),
        new GcpClients(new Endpoints(written, tokens)),
        new Policy(Pace.USUAL, tokens::renew));
  }

  Gcp config() {
    return settings.config();
  }

  /** The project's id. */
  String project() {
    return settings.project();
  }

  /** Such as {@code projects/my-project}. */
  String projectName() {
    return "projects/" + project();
  }

  /** Such as {@code projects/my-project/locations/us-central1}. */
  String location() {
    return projectName() + "/locations/" + config().location();
  }

  /** The cluster's full name. */
  String cluster() {
    return location() + "/clusters/" + config().cluster().name();
  }

  /** The repository's full name. */
  String repository() {
    return projectName()
        + "/locations/"
        + config().region()
        + "/repositories/"
        + config().repository();
  }

  /** Host of the registry, as images name it. */
  String registryHost() {
    return config()
        .endpoints()
        .of("registry")
        .map(URI::getAuthority)
        .orElseGet(() -> config().region() + "-docker.pkg.dev");
  }

  /** By number: members of policies are named so, which stays when an id is used again. */
  String projectNumber() throws InterruptedException {
    Project project =
        policy.read(
            "read the project " + project(), () -> clients.projects().getProject(projectName()));
    return project.getName().replaceFirst("^projects/", "");
  }

  String poolName() throws InterruptedException {
    return "projects/"
        + projectNumber()
        + "/locations/global/workloadIdentityPools/"
        + names.pool();
  }

  /** The service account of the pods, as it is known to Google without one of Google's. */
  String podPrincipal() throws InterruptedException {
    return podPrincipal(projectNumber());
  }

  String podPrincipal(String projectNumber) {
    return "principal://iam.googleapis.com/projects/"
        + projectNumber
        + "/locations/global/workloadIdentityPools/"
        + names.workloadPool()
        + "/subject/ns/"
        + settings.owner().namespace()
        + "/sa/"
        + settings.serviceAccount();
  }
}
