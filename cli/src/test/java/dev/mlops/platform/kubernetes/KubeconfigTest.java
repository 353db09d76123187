package dev.mlops.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.manifest.Owner;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where calls go and as whom: what the pinned context says, and nothing else. */
final class KubeconfigTest {
  @TempDir private Path folder;

  @Test
  void theClientsOwnSettingsDoNotGoOverThePinnedContext() throws Exception {
    Map<String, String> settings =
        Map.of(
            "kubernetes.master", "https://elsewhere.invalid",
            "kubernetes.namespace", "elsewhere",
            "kubernetes.trust.certificates", "true",
            "kubernetes.auth.token", "elsewhere",
            "kubernetes.auth.serviceAccount.token", "/elsewhere",
            "kubernetes.certs.ca.file", "/elsewhere");
    Path file = write("{token: mine}");
    settings.forEach(System::setProperty);
    System.setProperty("kubeconfig", file.toString());
    try {
      for (Optional<Path> named : java.util.List.of(Optional.of(file), Optional.<Path>empty())) {
        Config config = Cluster.of(named, "pinned").client().getConfiguration();
        assertEquals("https://pinned.invalid:6443/", config.getMasterUrl());
        assertEquals("own", config.getNamespace());
        assertFalse(config.isTrustCerts());
        assertEquals("mine", config.getOauthTokenProvider().getToken());
        assertEquals(null, config.getCaCertFile());
      }
    } finally {
      settings.keySet().forEach(System::clearProperty);
      System.clearProperty("kubeconfig");
    }
  }

  @Test
  void aTokenFileIsReadAnewForEachCall() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "first\n");
    Config config = read("{tokenFile: token}");
    assertEquals("first", config.getOauthTokenProvider().getToken());
    Files.writeString(token, "second\n");
    assertEquals("second", config.getOauthTokenProvider().getToken());
    Files.delete(token);
    Problem problem = problem(() -> config.getOauthTokenProvider().getToken());
    assertEquals(Code.KUBERNETES_LOGIN, problem.code());
  }

  @Test
  void aLoginProgramIsRunAgainWhenItsTokenHasExpired() throws Exception {
    program(
        "echo x >> runs; echo note >&2; printf '{\"apiVersion\": \"%s\", \"status\": {\"token\":"
            + " \"t%s\", \"expirationTimestamp\": \"%s\"}}' \"$VERSION\" \"$(wc -l < runs | tr -d"
            + " ' ')\" \"$1\"");
    Config expired = read(exec("args: [\"2020-01-01T00:00:00Z\"]"));
    assertEquals("t2", expired.getOauthTokenProvider().getToken());
    assertEquals("t3", expired.getOauthTokenProvider().getToken());
    Config fresh = read(exec("args: [\"2120-01-01T00:00:00Z\"]"));
    assertEquals("t4", fresh.getOauthTokenProvider().getToken());
    assertEquals("t4", fresh.getOauthTokenProvider().getToken());
  }

  @Test
  void aLoginProgramIsToldWhatItIsRunFor() throws Exception {
    program("echo \"$KUBERNETES_EXEC_INFO\" > info; exit 1");
    problem(() -> read(exec("provideClusterInfo: true")));
    String info = Files.readString(folder.resolve("info"));
    assertTrue(info.contains("\"interactive\":false"), info);
    assertTrue(info.contains("\"server\":\"https://pinned.invalid:6443"), info);
  }

  @Test
  void aLoginProgramThatFailsIsNamedWithItsWords() throws Exception {
    program("echo 'please log in' >&2; exit 7");
    Problem failed = problem(() -> read(exec("args: [a]")));
    assertEquals(Code.KUBERNETES_LOGIN, failed.code());
    assertTrue(failed.message().contains("login.sh` failed"), failed.message());
    assertTrue(failed.why().contains("exit code 7"), failed.why());
    assertEquals("please log in", failed.cause());

    program("echo 'not json'");
    assertTrue(problem(() -> read(exec("args: []"))).why().contains("JSON"));
    program("echo '{\"apiVersion\": \"v0\"}'");
    assertTrue(problem(() -> read(exec("args: []"))).why().contains("v0"));
    program("echo '{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"status\": {}}'");
    assertTrue(problem(() -> read(exec("args: []"))).why().contains("neither a token"));
  }

  @Test
  void aLoginProgramThatIsNotThereIsNamedWithWhereToGetIt() throws Exception {
    Problem missing =
        problem(() ->
            read(
                """
                {exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-login, installHint: Get it}}
                """));
    assertEquals(Code.KUBERNETES_LOGIN, missing.code());
    assertTrue(missing.message().contains("no-such-login"), missing.message());
    assertEquals("Get it", missing.why());
  }

  @Test
  void aClientCertificateThatHasExpiredIsToldWithItsDate() throws Exception {
    char[] password = "expired".toCharArray();
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/keytool",
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-alias",
                "me",
                "-dname",
                "CN=me",
                "-startdate",
                "2020/01/01 00:00:00",
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(password))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(0, keytool.waitFor());
    KeyStore keys = KeyStore.getInstance(store.toFile(), password);
    String user =
        "{client-certificate-data: %s, client-key-data: %s}"
            .formatted(
                pem("CERTIFICATE", keys.getCertificate("me").getEncoded()),
                pem("PRIVATE KEY", keys.getKey("me", password).getEncoded()));
    Cluster cluster = Cluster.of(Optional.of(write(user)), "pinned");
    var settings = new KubernetesSettings(new Owner("tiny", "dev", "here"), "r/tiny", false);
    var check = new KubeconfigCheck(new Site(cluster, settings));

    Problem problem = problem(check::look);

    assertEquals(Code.KUBERNETES_LOGIN, problem.code());
    assertEquals("The client certificate of the context pinned has expired", problem.message());
    assertTrue(problem.why().startsWith("It was good until 2020-01-0"), problem.why());
  }

  private static String pem(String what, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    String text = "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void anUnknownContextIsToldWithThoseThatAreThere() throws Exception {
    Path file = write("{token: mine}");
    Problem problem = problem(() -> Cluster.of(Optional.of(file), "nowhere").client());
    assertEquals(Code.KUBERNETES_CONFIG, problem.code());
    assertEquals("It has: pinned, other.", problem.why());
  }

  @Test
  void aShellsProxyIsTakenUnlessTheKubeconfigNamesOne() throws Exception {
    Config config = read("{token: mine}");
    new Proxies(Map.of("https_proxy", "http://proxy.invalid:3128", "NO_PROXY", "a, b"))
        .addTo(config);
    assertEquals("http://proxy.invalid:3128", config.getHttpsProxy());
    assertEquals(2, config.getNoProxy().length);
    new Proxies(Map.of("HTTPS_PROXY", "http://another.invalid")).addTo(config);
    assertEquals("http://proxy.invalid:3128", config.getHttpsProxy());
  }

  private Config read(String user) throws Exception {
    return new Kubeconfig(Optional.of(write(user)), "pinned").read();
  }

  private Path write(String user) throws Exception {
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: other
        clusters:
          - {name: c, cluster: {server: "https://pinned.invalid:6443"}}
          - {name: d, cluster: {server: "https://other.invalid:6443"}}
        contexts:
          - {name: pinned, context: {cluster: c, user: u, namespace: own}}
          - {name: other, context: {cluster: d, user: v}}
        users:
          - {name: v, user: {token: others}}
          - name: u
            user: %s
        """
            .formatted(user);
    return Files.writeString(folder.resolve("kubeconfig"), text);
  }

  private static Problem problem(org.junit.jupiter.api.function.Executable doing) {
    return assertThrows(MlopsException.class, doing).problem();
  }

  private static String exec(String more) {
    return "{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login.sh, env: [{name:"
        + " VERSION, value: client.authentication.k8s.io/v1}], "
        + more
        + "}}";
  }

  private void program(String script) throws Exception {
    Path file = folder.resolve("login.sh");
    Files.writeString(file, "#!/bin/sh\ncd '" + folder + "'\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
