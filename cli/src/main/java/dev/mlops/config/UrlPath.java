package dev.mlops.config;

import java.util.regex.Pattern;

/** An absolute path of a URL, without query. */
public record UrlPath(String text) {
  static final String PATTERN = "/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*";
  private static final Pattern SHAPE = Pattern.compile(PATTERN);

  public UrlPath {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("it starts with / and has no spaces, '?' or '#'");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
