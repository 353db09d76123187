package dev.mlops.platform.gcp;

/** What Cloud Monitoring keeps for us. */
enum MonitoringKind {
  DASHBOARD("dashboard", "/v1/", "dashboards", "labels"),
  ALERT("alert policy", "/v3/", "alertPolicies", "userLabels");

  private final String label;
  private final String version;
  private final String collection;
  private final String labels;

  MonitoringKind(String label, String version, String collection, String labels) {
    this.label = label;
    this.version = version;
    this.collection = collection;
    this.labels = labels;
  }

  String label() {
    return label;
  }

  /** Of the API that has it; names of things follow. */
  String version() {
    return version;
  }

  String collection() {
    return collection;
  }

  /** The field that says whose it is. */
  String labels() {
    return labels;
  }
}
