package dev.mlops.ci;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.platform.Federation.Claims;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What GitHub's tokens say of a repository's runs.
 *
 * @see <a href="https://docs.github.com/actions/reference/security/oidc">OpenID Connect
 *     reference</a>
 */
public final class RunClaims {
  private static final String ISSUER = "https://token.actions.githubusercontent.com";

  private final String name;
  private final JsonNode repository;
  private final Subjects subjects;

  private RunClaims(String name, JsonNode repository, Subjects subjects) {
    this.name = name;
    this.repository = repository;
    this.subjects = subjects;
  }

  /** Asks GitHub. */
  public static RunClaims of(GitHub github) throws InterruptedException {
    return new RunClaims(github.repository(), github.get(""), Subjects.of(github));
  }

  /**
   * As it is sent; without a subject, if somebody has composed that of other claims.
   *
   * @param environment on GitHub
   */
  public Claims of(String environment) {
    return claims(environment, subjects.isCustom() ? "" : subjects.ofEnvironment(environment));
  }

  /** In both forms of the subject, the one that is sent first. */
  public List<Claims> bothForms(String environment) {
    return subjects.isCustom()
        ? List.of(of(environment))
        : subjects.bothForms(name, environment).stream()
            .map(subject -> claims(environment, subject))
            .toList();
  }

  private Claims claims(String environment, String subject) {
    Map<String, String> all = new TreeMap<>();
    all.put("iss", ISSUER);
    all.put("repository", name);
    all.put("repository_id", repository.path("id").asText());
    all.put("repository_owner", name.replaceFirst("/.*", ""));
    all.put("repository_owner_id", repository.path("owner").path("id").asText());
    all.put("environment", environment);
    if (!subject.isEmpty()) {
      all.put("sub", subject);
    }
    return new Claims(all);
  }
}
