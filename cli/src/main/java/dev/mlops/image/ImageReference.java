package dev.mlops.image;

import dev.mlops.platform.Digest;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image in a registry, as the distribution specification has it.
 *
 * @param registry host and port; names without one belong to Docker Hub
 * @param repository such as {@code team/iris}
 * @param tag {@code latest} where neither tag nor digest is named
 */
public record ImageReference(
    String registry, String repository, String tag, Optional<Digest> digest) {
  private static final String DOCKER_HUB = "registry-1.docker.io";
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<registry>[a-zA-Z0-9.-]+(?::\\d{1,5})?|\\[[0-9a-fA-F:]+](?::\\d{1,5})?)/)"
              + "(?<repository>[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
              + "(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)"
              + "(?::(?<tag>[\\w][\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?");

  public static ImageReference parse(String text) {
    String host = text.contains("/") ? text.substring(0, text.indexOf('/')) : "";
    boolean namesHost = host.contains(".") || host.contains(":") || host.equals("localhost");
    Matcher match = FORM.matcher(namesHost ? text : DOCKER_HUB + "/" + text);
    if (!match.matches()) {
      throw invalid(text, null);
    }
    String registry = match.group("registry");
    String repository = match.group("repository");
    if (registry.equals("docker.io") || registry.equals("index.docker.io")) {
      registry = DOCKER_HUB;
    }
    if (registry.equals(DOCKER_HUB) && !repository.contains("/")) {
      repository = "library/" + repository;
    }
    return new ImageReference(
        registry,
        repository,
        match.group("tag") == null ? "latest" : match.group("tag"),
        Optional.ofNullable(match.group("digest")).map(Digest::new));
  }

  static MlopsException invalid(String text, Exception cause) {
    String message = "`" + text + "` is not an image reference";
    String why = "It is HOST[:PORT]/REPOSITORY[:TAG|@sha256:DIGEST], the repository in lower case.";
    String next = "Correct it, for example: registry.example.com/team/iris:v1";
    return cause == null
        ? Code.IMAGE_REFERENCE.problem(message, why, next)
        : Code.IMAGE_REFERENCE.problem(message, why, next, cause);
  }

  /** What the registry is asked for: the digest if there is one, else the tag. */
  public String version() {
    return digest.map(Digest::value).orElse(tag);
  }

  /** Whether the registry is on this machine, where plain http is safe. */
  public boolean isLoopback() {
    String host = registry.replaceFirst(":\\d+$", "");
    return host.equals("localhost") || host.matches("127\\.[0-9.]+") || host.equals("[::1]");
  }

  @Override
  public String toString() {
    return registry + "/" + repository + digest.map(d -> "@" + d).orElse(":" + tag);
  }
}
