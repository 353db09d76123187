package dev.mlops.manifest;

import dev.mlops.manifest.WorkloadSpec.Probes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the three probes of a container; those that ask for something else than HTTP or a
 * connection on the service's own port are noted and left out.
 */
record ProbeReader(int containerPort, List<Tree> ports, List<String> notes) {

  Probes probes(Tree container) {
    return new Probes(
        probe(container.at("startupProbe"), "startup"),
        probe(container.at("livenessProbe"), "liveness"),
        probe(container.at("readinessProbe"), "readiness"));
  }

  private Optional<Probe> probe(Tree probe, String name) {
    if (!probe.isPresent()) {
      return Optional.empty();
    }
    int timeout = probe.whole("timeoutSeconds", 1, 1);
    var thresholds =
        new Probe.Thresholds(
            probe.whole("failureThreshold", 3, 1), probe.whole("successThreshold", 1, 1));
    int delay = probe.whole("initialDelaySeconds", 0, 0);
    int period = probe.whole("periodSeconds", 10, 1);
    return check(probe, name).map(check -> new Probe(check, delay, period, timeout, thresholds));
  }

  private Optional<Probe.Check> check(Tree probe, String name) {
    Tree http = probe.at("httpGet");
    Tree tcp = probe.at("tcpSocket");
    if (!http.isPresent() && !tcp.isPresent()) {
      return leftOut(name, "only httpGet and tcpSocket are asked");
    }
    if (!isOwnPort(http.isPresent() ? http : tcp)) {
      return leftOut(name, "it asks another port than the container's first");
    }
    if (tcp.isPresent()) {
      return Optional.of(new Probe.Check.Tcp());
    }
    if (http.text("scheme", "HTTP").equals("HTTPS")) {
      return leftOut(name, "only plain HTTP is asked");
    }
    String path = http.text("path", "/");
    return Optional.of(new Probe.Check.Http(path.startsWith("/") ? path : "/" + path));
  }

  private Optional<Probe.Check> leftOut(String name, String why) {
    notes.add("The " + name + " probe is left out: " + why + ".");
    return Optional.empty();
  }

  private boolean isOwnPort(Tree check) {
    String port = check.text("port", "");
    String ownName = ports.stream().findFirst().map(p -> p.text("name", "")).orElse("");
    return Stream.of(String.valueOf(containerPort), ownName)
        .anyMatch(own -> !own.isEmpty() && own.equals(port));
  }
}
