package dev.mlops.service.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.telemetry.JsonLog;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A collector whose certificate no public authority knows, and that wants one of its clients. */
@Timeout(120)
final class SecureCollectorTest {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String AUTHORITY = "OTEL_EXPORTER_OTLP_CERTIFICATE";
  private static final String CHAIN = "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE";
  private static final String KEY = "OTEL_EXPORTER_OTLP_CLIENT_KEY";
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path folder;
  private static SSLContext context;

  /** One certificate is authority, server and client in turn. */
  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = folder.resolve("store.p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "own",
            "-keyalg",
            "EC",
            "-dname",
            "CN=collector",
            "-ext",
            "san=ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            new String(PASSWORD));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertEquals(0, keytool.waitFor(), () -> "keytool failed");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    pem("certificate.pem", "CERTIFICATE", keys.getCertificate("own").getEncoded());
    pem("key.pem", "PRIVATE KEY", keys.getKey("own", PASSWORD).getEncoded());
    context = context(keys);
  }

  @Test
  void takesSpansOverTlsFromAClientThatIsKnown() throws Exception {
    try (Collector collector = Collector.secure(context);
        OtlpExporter exporter = exporter(settings(collector, Map.of(CHAIN, pem(), KEY, key())))) {
      exporter.queue().offer(List.of(OtlpExporterTest.span(false)));
      assertEquals(1, collector.await(1).size());
    }
  }

  @Test
  void losesSpansWithoutACertificateOfItsOwn() throws Exception {
    try (Collector collector = Collector.secure(context);
        OtlpExporter exporter = exporter(settings(collector, Map.of()))) {
      exporter.queue().offer(List.of(OtlpExporterTest.span(false)));
      OtlpExporterTest.awaitLost(exporter, 1);
      assertEquals(List.of(), collector.spans());
    }
  }

  @Test
  void namesTheFileThatIsNoneOfWhatItShouldBe() throws Exception {
    assertProblem(Map.of(AUTHORITY, key()), "key.pem holds no certificate");
    assertProblem(Map.of(AUTHORITY, folder.resolve("none").toString()), "none can't be read");
    assertProblem(Map.of(CHAIN, pem(), KEY, pem()), "certificate.pem holds no EC key");
    assertProblem(Map.of(CHAIN, pem()), "go together");
  }

  private static void assertProblem(Map<String, String> variables, String text) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put(ENDPOINT, "https://127.0.0.1:1");
    List<String> problems = new ArrayList<>();
    Optional<OtlpSettings> settings = new OtlpSettingsReader(environment, problems::add).read();
    assertTrue(settings.isPresent());
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.getFirst().contains(text), problems.toString());
  }

  private static OtlpSettings settings(Collector collector, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put(ENDPOINT, collector.address());
    environment.put(AUTHORITY, pem());
    environment.put("OTEL_BSP_SCHEDULE_DELAY", "1");
    List<String> problems = new ArrayList<>();
    OtlpSettings settings = new OtlpSettingsReader(environment, problems::add).read().orElseThrow();
    assertEquals(List.of(), problems);
    return settings;
  }

  private static OtlpExporter exporter(OtlpSettings settings) {
    JsonLog log = new JsonLog(OutputStream.nullOutputStream());
    return OtlpExporter.start(settings, new Backoff(2, Duration.ofMillis(1)), log);
  }

  private static SSLContext context(KeyStore keys) throws Exception {
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("own", keys.getCertificate("own"));
    var known = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    known.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), known.getTrustManagers(), null);
    return context;
  }

  private static void pem(String file, String title, byte[] der) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(title, text),
        US_ASCII);
  }

  private static String pem() {
    return folder.resolve("certificate.pem").toString();
  }

  private static String key() {
    return folder.resolve("key.pem").toString();
  }
}
