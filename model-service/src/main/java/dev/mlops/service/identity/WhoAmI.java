package dev.mlops.service.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command {@code identity}: asks the metadata server of Google's clouds who this pod is, and
 * prints it as one line of JSON. Tokens are read, and never printed.
 */
public final class WhoAmI {
  private static final String AUDIENCE = "mlops";
  private static final Pattern CLAIM = Pattern.compile("\"aud\"\\s*:\\s*\"([^\"\\\\]*)\"");

  /** A new pod may be there before the server that answers for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration FOR_NAMES = Duration.ofSeconds(4);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final MetadataServer server;
  private final Duration patience;

  WhoAmI(MetadataServer server, Duration patience) {
    this.server = server;
    this.patience = patience;
  }

  /** Returns the exit code: 1 where the server is there and does not say. */
  public static int run(Map<String, String> variables, PrintStream out, PrintStream err)
      throws InterruptedException {
    return new WhoAmI(MetadataServer.of(variables), PATIENCE).run(out, err);
  }

  int run(PrintStream out, PrintStream err) throws InterruptedException {
    try {
      String identity = await(MetadataServer.DEFAULT_ACCOUNT + "email");
      String pool = await("/computeMetadata/v1/project/project-id") + ".svc.id.goog";
      String audience =
          server
              .get(MetadataServer.DEFAULT_ACCOUNT + "identity?audience=" + AUDIENCE)
              .map(WhoAmI::aud)
              .orElse("");
      print(out, identity, audience, pool);
      return 0;
    } catch (UnknownHostException e) {
      print(out, "", "", "");
      return 0;
    } catch (IOException e) {
      err.println(
          "error: the metadata server " + server.host() + " does not say who this is: " + e);
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
    long begun = System.nanoTime();
    while (true) {
      try {
        return server.get(path).orElseThrow(() -> new IOException("no answer to " + path));
      } catch (IOException e) {
        if (System.nanoTime() - begun > patience(e).toNanos()) {
          throw e;
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  /** Names are known sooner than servers answer, and on other clouds there is none to wait for. */
  private Duration patience(IOException e) {
    return e instanceof UnknownHostException && patience.compareTo(FOR_NAMES) > 0
        ? FOR_NAMES
        : patience;
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
