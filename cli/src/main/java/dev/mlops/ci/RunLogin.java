package dev.mlops.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Map;

/** Lets the later steps of a job reach a cluster and a registry; nothing outlives the job. */
public final class RunLogin {
  private final Map<String, String> variables;

  public RunLogin(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /**
   * Writes a kubeconfig whose user is the run itself: each use asks the tool for a token.
   *
   * @param context its name in the config
   * @param tool the program that gives the token
   * @return the file
   */
  public Path cluster(String context, String tool) {
    String server = required("MLOPS_KUBE_SERVER");
    ObjectNode config =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", "v1")
            .put("kind", "Config")
            .put("current-context", context);
    ObjectNode cluster =
        config.putArray("clusters").addObject().put("name", context).putObject("cluster");
    cluster.put("server", server);
    String authority = variables.getOrDefault("MLOPS_KUBE_CA", "");
    if (!authority.isBlank()) {
      cluster.put("certificate-authority-data", base64(authority.strip()));
    }
    config
        .putArray("contexts")
        .addObject()
        .put("name", context)
        .putObject("context")
        .put("cluster", context)
        .put("user", "run");
    ObjectNode exec =
        config.putArray("users").addObject().put("name", "run").putObject("user").putObject("exec");
    exec.put("apiVersion", "client.authentication.k8s.io/v1")
        .put("command", tool)
        .put("interactiveMode", "Never");
    exec.putArray("args")
        .add("ci")
        .add("token")
        .add(variables.getOrDefault("MLOPS_KUBE_AUDIENCE", server));
    return write("mlops-kubeconfig", config, "KUBECONFIG", /* folder= */ false);
  }

  /**
   * Writes Docker's config with the job's own token, which GitHub's registry takes.
   *
   * @param registry its host
   * @return the file
   */
  public Path registry(String registry) {
    String credential =
        variables.getOrDefault("GITHUB_ACTOR", "token") + ":" + required("GITHUB_TOKEN");
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config
        .putObject("auths")
        .putObject(registry)
        .put("auth", Base64.getEncoder().encodeToString(credential.getBytes(UTF_8)));
    return write("mlops-docker/config.json", config, "DOCKER_CONFIG", /* folder= */ true);
  }

  private Path write(String name, ObjectNode content, String variable, boolean folder) {
    Path file = Path.of(required("RUNNER_TEMP")).resolve(name).toAbsolutePath();
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, new ObjectMapper().writeValueAsBytes(content));
      boolean narrow =
          file.toFile().setReadable(false, false) && file.toFile().setReadable(true, true);
      if (!narrow) {
        throw new IOException("its rights can't be set");
      }
      Files.writeString(
          Path.of(required("GITHUB_ENV")),
          variable + "=" + (folder ? file.getParent() : file) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return file;
    } catch (IOException e) {
      throw DiskFaults.writing(file, e);
    }
  }

  private String required(String name) {
    String value = variables.getOrDefault(name, "");
    if (value.isBlank()) {
      throw Code.CI_IDENTITY.problem(
          name + " is not set", "`mlops ci login` is a step of a workflow.", "mlops ci check");
    }
    return value;
  }

  /** Both forms are common: the certificate as it stands, and in base64 as a kubeconfig has it. */
  private static String base64(String authority) {
    return authority.startsWith("-----BEGIN")
        ? Base64.getEncoder().encodeToString((authority + "\n").getBytes(UTF_8))
        : authority;
  }
}
