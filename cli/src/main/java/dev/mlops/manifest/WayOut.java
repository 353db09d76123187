package dev.mlops.manifest;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where pods call out to, as a NetworkPolicy sees it.
 *
 * @param port of TCP
 */
public record WayOut(String host, int port) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  static final int DNS = 53;

  /** Of Google's metadata server, at 169.254.169.254, and at .252 without Dataplane V2. */
  private static final int METADATA = 80;

  private static final int OLD_METADATA = 988;

  /** Such as {@code collector.observability.svc.cluster.local}. */
  private static final Pattern SERVICE =
      Pattern.compile("[a-z0-9-]+(\\.(?<namespace>[a-z0-9-]+)(\\.svc(\\..*)?)?)?");

  private static final Pattern ADDRESS = Pattern.compile("\\d+(\\.\\d+){3}|\\[[0-9a-fA-F:]+]");

  /**
   * @param address of http or https
   * @return absent if it is none, or leads to the pod itself, which no policy holds up
   */
  public static Optional<WayOut> of(String address) {
    try {
      URI uri = URI.create(address);
      String host = uri.getHost();
      if (host == null || host.matches("localhost|127\\..*|\\[::1]")) {
        return Optional.empty();
      }
      int usual = "https".equals(uri.getScheme()) ? HTTPS : HTTP;
      return Optional.of(new WayOut(host, uri.getPort() < 0 ? usual : uri.getPort()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Google's own endpoint takes a token, which the metadata server gives out. */
  private boolean needsToken() {
    return host.endsWith(".googleapis.com") && port == HTTPS;
  }

  /** All of which have to be open; of the ports in one list, any. */
  List<List<Integer>> ports() {
    List<List<Integer>> ports = new ArrayList<>();
    if (hasName()) {
      ports.add(List.of(DNS));
    }
    if (needsToken()) {
      ports.add(List.of(METADATA, OLD_METADATA));
    }
    ports.add(List.of(port));
    return ports;
  }

  private boolean hasName() {
    return !ADDRESS.matcher(host).matches();
  }

  /** Items of a policy's {@code egress}, one line each or more. */
  List<String> rules() {
    List<String> rules = new ArrayList<>();
    if (hasName()) {
      rules.add("- ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}] # names");
    }
    if (needsToken()) {
      rules.add("- to: [{ipBlock: {cidr: 169.254.169.254/32}}] # Google's metadata server");
      rules.add("  ports: [{protocol: TCP, port: 80}]");
      rules.add("- to: [{ipBlock: {cidr: 169.254.169.252/32}}] # and on older clusters");
      rules.add("  ports: [{protocol: TCP, port: 988}]");
    }
    String ports = "ports: [{protocol: TCP, port: " + port + "}]";
    String what = " # traces, to " + host;
    target()
        .ifPresentOrElse(
            target -> rules.addAll(List.of("- to: [{" + target + "}]" + what, "  " + ports)),
            () -> rules.add("- " + ports + what));
    return rules;
  }

  /** Absent for names outside of the cluster: a policy knows addresses only. */
  private Optional<String> target() {
    Matcher service = SERVICE.matcher(host);
    if (!hasName()) {
      boolean four = host.indexOf(':') < 0;
      String bare = host.replaceAll("[\\[\\]]", "");
      return Optional.of("ipBlock: {cidr: \"" + bare + (four ? "/32" : "/128") + "\"}");
    }
    if (!service.matches() || host.endsWith(".com")) {
      return Optional.empty();
    }
    String namespace = service.group("namespace");
    return Optional.of(
        namespace == null
            ? "podSelector: {}"
            : "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: " + namespace + "}}");
  }
}
