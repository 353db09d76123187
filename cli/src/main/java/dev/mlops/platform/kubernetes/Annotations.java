package dev.mlops.platform.kubernetes;

/** What is noted on a Deployment beside its manifest, and stays when that is applied again. */
record Annotations(Site site) {
  void set(String deployment, String name, String value) {
    String patch = PowerPatch.annotation(name, value).toString();
    site.ask(
        "annotate Deployment " + deployment,
        client ->
            client
                .apps()
                .deployments()
                .inNamespace(site.namespace())
                .withName(deployment)
                .patch(PowerPatch.context(), patch));
  }
}
