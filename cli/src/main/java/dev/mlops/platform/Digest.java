package dev.mlops.platform;

import java.util.regex.Pattern;

/** A content address, {@code sha256:} and 64 hex digits. */
public record Digest(String value) {
  private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

  public Digest {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a digest: " + value);
    }
  }

  /** The first twelve hex digits, as people read them. */
  public String brief() {
    return value.substring("sha256:".length(), "sha256:".length() + 12);
  }

  public String hex() {
    return value.substring("sha256:".length());
  }

  @Override
  public String toString() {
    return value;
  }
}
