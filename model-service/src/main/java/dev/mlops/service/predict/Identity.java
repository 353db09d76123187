package dev.mlops.service.predict;

/**
 * How protocols that know of several models name this one.
 *
 * @param version the beginning of the artifact's digest: another model, another version
 */
public record Identity(String name, String version) {
  private static final String ALGORITHM = "sha256:";
  private static final int BRIEF = 12;

  /**
   * @param digest of the artifact, {@code sha256:<hex>}
   */
  static Identity of(String name, String digest) {
    String hex = digest.startsWith(ALGORITHM) ? digest.substring(ALGORITHM.length()) : digest;
    return new Identity(name, hex.substring(0, Math.min(BRIEF, hex.length())));
  }
}
