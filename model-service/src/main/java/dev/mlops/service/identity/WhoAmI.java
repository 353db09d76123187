package dev.mlops.service.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command {@code identity}: asks the metadata server of Google's clouds who this pod is, and
 * prints it as one line of JSON. Tokens are read, and never printed.
 *
 * @see <a href="https://cloud.google.com/compute/docs/metadata/overview">About VM metadata</a>
 */
public final class WhoAmI {
  /** The variable by which Google's own libraries take another server. */
  static final String HOST = "GCE_METADATA_HOST";

  private static final String USUAL_HOST = "metadata.google.internal";
  private static final String ACCOUNT = "/computeMetadata/v1/instance/service-accounts/default/";
  private static final String AUDIENCE = "mlops";
  private static final Pattern CLAIM = Pattern.compile("\"aud\"\\s*:\\s*\"([^\"\\\\]*)\"");

  /** A new pod may be there before the server that answers for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int ANSWER_MILLIS = 5_000;
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final String host;
  private final Duration patience;

  WhoAmI(String host, Duration patience) {
    this.host = host;
    this.patience = patience;
  }

  /** Returns the exit code: 1 where the server is there and does not say. */
  public static int run(Map<String, String> variables, PrintStream out, PrintStream err)
      throws InterruptedException {
    return new WhoAmI(variables.getOrDefault(HOST, USUAL_HOST), PATIENCE).run(out, err);
  }

  int run(PrintStream out, PrintStream err) throws InterruptedException {
    try {
      String identity = await(ACCOUNT + "email");
      String pool = await("/computeMetadata/v1/project/project-id") + ".svc.id.goog";
      String audience = get(ACCOUNT + "identity?audience=" + AUDIENCE).map(WhoAmI::aud).orElse("");
      print(out, identity, audience, pool);
      return 0;
    } catch (UnknownHostException e) {
      print(out, "", "", "");
      return 0;
    } catch (IOException e) {
      err.println("error: the metadata server " + host + " does not say who this is: " + e);
      return 1;
    }
  }

  private static void print(PrintStream out, String identity, String audience, String pool) {
    out.println(
        "{\"event\":\"identity\",\"identity\":\""
            + plain(identity)
            + "\",\"audience\":\""
            + plain(audience)
            + "\",\"pool\":\""
            + plain(pool)
            + "\"}");
  }

  private String await(String path) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return get(path).orElseThrow(() -> new IOException("no answer to " + path));
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  /** Empty if it has none. */
  private Optional<String> get(String path) throws IOException {
    var connection =
        (HttpURLConnection) URI.create("http://" + host + path).toURL().openConnection();
    connection.setRequestProperty("Metadata-Flavor", "Google");
    connection.setConnectTimeout(ANSWER_MILLIS);
    connection.setReadTimeout(ANSWER_MILLIS);
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

  /** For whom the token is; the signature is the server's business. */
  private static String aud(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return "";
    }
    try {
      Matcher claim = CLAIM.matcher(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8));
      return claim.find() ? claim.group(1) : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String plain(String text) {
    return text.replaceAll("[^\\w@.:/-]", "");
  }
}
