package dev.mlops.service.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;

/**
 * What tells pods and machines of Google's clouds who they are.
 *
 * @see <a href="https://cloud.google.com/compute/docs/metadata/overview">About VM metadata</a>
 */
public final class MetadataServer {
  static final String DEFAULT_ACCOUNT = "/computeMetadata/v1/instance/service-accounts/default/";

  /** The variable by which Google's own libraries take another server. */
  private static final String HOST = "GCE_METADATA_HOST";

  private static final String USUAL_HOST = "metadata.google.internal";

  /** Where it is for those whose names come from elsewhere; other clouds have theirs there too. */
  private static final String ADDRESS = "169.254.169.254";

  private static final String FLAVOR = "Metadata-Flavor";
  private static final String GOOGLE = "Google";
  private static final int ANSWER_MILLIS = 5_000;
  private static final int ADDRESS_MILLIS = 2_000;
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final String host;
  private final String address;

  /**
   * @param address asked where the host has none of its own, if it answers as Google's
   */
  MetadataServer(String host, String address) {
    this.host = host;
    this.address = address;
  }

  public static MetadataServer of(Map<String, String> variables) {
    return new MetadataServer(variables.getOrDefault(HOST, USUAL_HOST), ADDRESS);
  }

  String host() {
    return host;
  }

  /**
   * What it has under a path, without the spaces around it.
   *
   * @return empty if it has nothing there
   * @throws UnknownHostException if there is no such server
   */
  Optional<String> get(String path) throws IOException {
    try {
      return answer(connection(host, path, ANSWER_MILLIS));
    } catch (UnknownHostException e) {
      return atAddress(path, e);
    }
  }

  private Optional<String> atAddress(String path, UnknownHostException unknown) throws IOException {
    HttpURLConnection connection = connection(address, path, ADDRESS_MILLIS);
    try {
      connection.getResponseCode();
    } catch (IOException e) {
      throw unknown;
    }
    if (!GOOGLE.equals(connection.getHeaderField(FLAVOR))) {
      throw unknown;
    }
    return answer(connection);
  }

  private static HttpURLConnection connection(String host, String path, int millis)
      throws IOException {
    var connection =
        (HttpURLConnection) URI.create("http://" + host + path).toURL().openConnection();
    connection.setRequestProperty(FLAVOR, GOOGLE);
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(ANSWER_MILLIS);
    return connection;
  }

  private static Optional<String> answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    if (status == HttpURLConnection.HTTP_NOT_FOUND) {
      return Optional.empty();
    }
    if (status != HttpURLConnection.HTTP_OK) {
      throw new IOException("HTTP status " + status);
    }
    try (InputStream body = connection.getInputStream()) {
      return Optional.of(new String(body.readNBytes(LONGEST_ANSWER), UTF_8).strip());
    }
  }
}
