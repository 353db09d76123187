package dev.mlops.loadtest;

import dev.mlops.problem.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Where load may go. */
public final class Target {
  private static final int CONNECT_MILLIS = 5_000;

  private Target() {}

  /**
   * Lets loopback addresses, the project's own endpoint and what the user owns up to pass.
   *
   * @param owned host names or addresses, from {@code --i-own}
   * @throws dev.mlops.problem.MlopsException for any other
   */
  public static void requireOwn(URI target, Optional<URI> endpoint, Collection<String> owned) {
    requireSupported(target);
    boolean own =
        endpoint.filter(its -> sameHost(its.getHost(), target)).isPresent()
            || owned.stream().anyMatch(host -> sameHost(host, target));
    if (!own && !addresses(target).stream().allMatch(InetAddress::isLoopbackAddress)) {
      throw Code.LOAD_TARGET_FOREIGN.problem(
          target.getHost() + " is not this project's endpoint",
          "Load on somebody else's service may do harm.",
          "If it is yours, add: --i-own " + target.getHost());
    }
  }

  /** Whether it is a loopback address, which is another machine elsewhere. */
  public static boolean isOnlyHere(URI target) {
    requireSupported(target);
    return addresses(target).stream().allMatch(InetAddress::isLoopbackAddress);
  }

  /**
   * Opens one connection, with TLS if it is to have it, and closes it, so that a wrong address is
   * said before the test and not by a report of errors.
   *
   * @throws dev.mlops.problem.MlopsException if nothing answers there
   */
  static InetSocketAddress reach(LoadPlan plan) {
    requireSupported(plan.target());
    InetSocketAddress address =
        new InetSocketAddress(addresses(plan.target()).getFirst(), plan.port());
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      socket.setSoTimeout(CONNECT_MILLIS);
      Dialer.of(plan, address).greet(socket);
      return address;
    } catch (SSLException e) {
      throw Code.LOAD_TARGET_REFUSED.problem(
          "No TLS connection to " + plan.target() + "; nothing was measured",
          "It speaks no TLS with HTTP/1.1, or its certificate is none that this machine trusts.",
          "If the certificate is as it should be, add --insecure",
          e);
    } catch (IOException e) {
      throw Code.LOAD_TARGET_REFUSED.problem(
          "No connection to " + plan.target() + "; nothing was measured",
          "The service does not run, or listens elsewhere.",
          "mlops status",
          e);
    }
  }

  private static boolean sameHost(String host, URI target) {
    return host != null && host.equalsIgnoreCase(target.getHost());
  }

  private static void requireSupported(URI target) {
    boolean bare = target.getPath() == null || target.getPath().matches("/?");
    boolean spoken = List.of("http", "https").contains(scheme(target));
    if (!spoken || target.getHost() == null || !bare) {
      throw Code.LOAD_TARGET_UNSUPPORTED.problem(
          "'" + target + "' can't be load-tested",
          "A target is written as http://HOST:PORT or https://HOST; the path stands in the plan (`path`).",
          "mlops loadtest --target http://127.0.0.1:8000");
    }
  }

  private static String scheme(URI target) {
    return String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
  }

  private static List<InetAddress> addresses(URI target) {
    try {
      return List.of(InetAddress.getAllByName(target.getHost()));
    } catch (UnknownHostException e) {
      throw Code.LOAD_TARGET_UNSUPPORTED.problem(
          "The host name " + target.getHost() + " is not known here",
          "It can't be resolved to an address.",
          "mlops status",
          e);
    }
  }
}
