package dev.mlops.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.ShellWord;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A program that fetches credentials, as cloud providers have one. It is run at once, so that its
 * failure is told before the first call, and again when what it gave is about to expire.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins">
 *     Client-go credential plugins</a>
 */
final class ExecPlugin implements OAuthTokenProvider {
  /** A client certificate and its key, both PEM in Base64. */
  record KeyPair(String certificate, String key) {}

  private record Credential(Optional<String> token, Optional<KeyPair> pair, Instant until) {}

  /** Where it is not said how long a token is good for. */
  private static final Duration UNSAID = Duration.ofMinutes(5);

  /** So that none expires on its way. */
  private static final Duration EARLY = Duration.ofSeconds(10);

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ExecConfig exec;
  private final Path folder;
  private final Config config;
  private Credential latest;

  /**
   * @param folder which a relative path of the program starts from
   * @param config of the cluster that the credentials are for
   */
  ExecPlugin(ExecConfig exec, Path folder, Config config) {
    this.exec = exec;
    this.folder = folder;
    this.config = config;
    this.latest = run();
  }

  Optional<KeyPair> certificate() {
    return latest.pair();
  }

  @Override
  public synchronized String getToken() {
    boolean renew = latest.token().isPresent() && latest.until().isBefore(Instant.now());
    if (renew) {
      latest = run();
    }
    return latest.token().orElse(null);
  }

  private Credential run() {
    var program = new LoginProgram(command(), LONGEST);
    exec.getEnv().forEach(variable -> program.set(variable.getName(), variable.getValue()));
    program.set("KUBERNETES_EXEC_INFO", info().toString());
    try {
      return credential(JSON.readTree(program.run(exec.getInstallHint())));
    } catch (JsonProcessingException e) {
      throw wrong("It did not print an ExecCredential in JSON.");
    }
  }

  private List<String> command() {
    String program = exec.getCommand();
    boolean relative = program.contains("/") && !Path.of(program).isAbsolute();
    List<String> command = new ArrayList<>();
    command.add(relative ? folder.resolve(program).normalize().toString() : program);
    command.addAll(exec.getArgs());
    return command;
  }

  private ObjectNode info() {
    ObjectNode info = JSON.createObjectNode();
    info.put("apiVersion", exec.getApiVersion()).put("kind", "ExecCredential");
    ObjectNode spec = info.putObject("spec").put("interactive", false);
    if (Boolean.TRUE.equals(exec.getProvideClusterInfo())) {
      ObjectNode cluster = spec.putObject("cluster").put("server", config.getMasterUrl());
      if (config.getCaCertData() != null) {
        cluster.put("certificate-authority-data", config.getCaCertData());
      }
    }
    return info;
  }

  private Credential credential(JsonNode printed) {
    JsonNode status = printed.path("status");
    if (!Objects.equals(printed.path("apiVersion").asText(), exec.getApiVersion())) {
      throw wrong(
          "It answers in "
              + printed.path("apiVersion").asText("no apiVersion")
              + ", and the kubeconfig says "
              + exec.getApiVersion()
              + ".");
    }
    Optional<KeyPair> pair =
        status.has("clientCertificateData") && status.has("clientKeyData")
            ? Optional.of(
                new KeyPair(
                    base64(status.get("clientCertificateData")),
                    base64(status.get("clientKeyData"))))
            : Optional.empty();
    Optional<String> token = Optional.ofNullable(status.path("token").textValue());
    if (token.isEmpty() && pair.isEmpty()) {
      throw wrong("It gave neither a token nor a certificate.");
    }
    return new Credential(token, pair, until(status.path("expirationTimestamp").asText()));
  }

  private static String base64(JsonNode pem) {
    return Base64.getEncoder().encodeToString(pem.asText().getBytes(UTF_8));
  }

  private static Instant until(String text) {
    try {
      return Instant.parse(text).minus(EARLY);
    } catch (DateTimeParseException e) {
      return Instant.now().plus(UNSAID);
    }
  }

  private MlopsException wrong(String why) {
    return Code.KUBERNETES_LOGIN.problem(
        "The kubeconfig's login program `" + exec.getCommand() + "` gave no credentials",
        why,
        "Run it by hand: " + ShellWord.line(command()));
  }
}
