package dev.mlops.service.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pod that asks a metadata server as Google's answers. */
final class WhoAmITest {
  private static final String ACCOUNT = "/computeMetadata/v1/instance/service-accounts/default/";

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private volatile Optional<String> flavor = Optional.empty();
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean asksRight =
              "Google".equals(exchange.getRequestHeaders().getFirst("Metadata-Flavor"));
          String answer = asksRight ? answers.get(exchange.getRequestURI().getPath()) : null;
          byte[] body = (answer == null ? "" : answer).getBytes(UTF_8);
          flavor.ifPresent(google -> exchange.getResponseHeaders().set("Metadata-Flavor", google));
          exchange.sendResponseHeaders(
              answer == null ? 404 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    answers.put("/computeMetadata/v1/project/project-id", "my-project");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int run(String host) throws Exception {
    return run(host, "no-such-address.invalid");
  }

  private int run(String host, String address) throws Exception {
    return new WhoAmI(new MetadataServer(host, address), Duration.ofMillis(100))
        .run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  private int run() throws Exception {
    return run(address());
  }

  private String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Test
  void saysWhoItIsAndNeverTheToken() throws Exception {
    String claims = Base64.getUrlEncoder().encodeToString("{\"aud\":\"mlops\"}".getBytes(UTF_8));
    answers.put(ACCOUNT + "email", "pods@my-project.iam.gserviceaccount.com\n");
    answers.put(ACCOUNT + "identity", "head." + claims + ".signature");

    assertEquals(0, run());
    assertEquals(
        "{\"event\":\"identity\",\"identity\":\"pods@my-project.iam.gserviceaccount.com\","
            + "\"audience\":\"mlops\",\"pool\":\"my-project.svc.id.goog\"}\n",
        out.toString(UTF_8));
    assertFalse(out.toString(UTF_8).contains(claims));
  }

  @Test
  void podsThatActAsNobodyElseHaveNoTokenForAnAudience() throws Exception {
    answers.put(ACCOUNT + "email", "my-project.svc.id.goog");

    assertEquals(0, run());
    assertEquals(
        "{\"event\":\"identity\",\"identity\":\"my-project.svc.id.goog\","
            + "\"audience\":\"\",\"pool\":\"my-project.svc.id.goog\"}\n",
        out.toString(UTF_8));
  }

  @Test
  void aServerThatDoesNotSayIsAnError() throws Exception {
    assertEquals(1, run());
    assertEquals("", out.toString(UTF_8));
  }

  @Test
  void outsideOfGooglesCloudsThereIsNoServer() throws Exception {
    assertEquals(0, run("no-such-host.invalid"));
    assertEquals(
        "{\"event\":\"identity\",\"identity\":\"\",\"audience\":\"\",\"pool\":\"\"}\n",
        out.toString(UTF_8));
  }

  @Test
  void whereTheNameIsNotKnownTheAddressIsAsked() throws Exception {
    answers.put(ACCOUNT + "email", "my-project.svc.id.goog");
    flavor = Optional.of("Google");

    assertEquals(0, run("no-such-host.invalid", address()));
    assertTrue(out.toString(UTF_8).contains("\"identity\":\"my-project.svc.id.goog\""));
  }

  @Test
  void theServerOfAnotherCloudIsNoneOfGoogles() throws Exception {
    answers.put(ACCOUNT + "email", "somebody");

    assertEquals(0, run("no-such-host.invalid", address()));
    assertTrue(out.toString(UTF_8).contains("\"identity\":\"\""));
  }

  @Test
  void aTokenIsKeptUntilShortlyBeforeItsEnd() throws Exception {
    var tokens = new AccessTokens(new MetadataServer(address(), ""));
    assertThrows(IOException.class, tokens::get);
    answers.put(
        ACCOUNT + "token",
        "{\"access_token\":\"first\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");
    assertEquals("first", tokens.get());
    answers.put(ACCOUNT + "token", "{\"access_token\":\"second\",\"expires_in\":30}");
    assertEquals("first", tokens.get());
    tokens.forget();
    assertEquals("second", tokens.get());
    answers.put(ACCOUNT + "token", "{\"access_token\":\"third\",\"expires_in\":30}");
    assertEquals("third", tokens.get());
  }

  @Test
  void anAnswerThatIsNoTokenIsNotRepeated() {
    answers.put(ACCOUNT + "token", "{\"access_token\":\"secret");
    var tokens = new AccessTokens(new MetadataServer(address(), ""));
    IOException refused = assertThrows(IOException.class, tokens::get);
    assertFalse(String.valueOf(refused.getCause()).contains("secret"));
    assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
  }
}
