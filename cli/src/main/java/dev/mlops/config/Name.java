package dev.mlops.config;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A name that every platform takes for its resources: a DNS label that starts with a letter, short
 * enough for what is added to it.
 */
public record Name(String text) {
  public static final int MAX_LENGTH = 40;

  static final String PATTERN = "[a-z]([a-z0-9-]*[a-z0-9])?";
  private static final Pattern SHAPE = Pattern.compile(PATTERN);

  public Name {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "it has " + text.length() + " characters, at most " + MAX_LENGTH + " are allowed");
    }
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "only a-z, 0-9 and '-' are allowed, from a letter to a letter or digit");
    }
  }

  /** The nearest name to any text, such as a folder's: never fails. */
  public static Name from(String anyText, String fallback) {
    String plain = Normalizer.normalize(anyText, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
    String label =
        plain
            .toLowerCase(Locale.ROOT)
            .replace("ß", "ss")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceFirst("^[^a-z]+", "");
    String brief = label.substring(0, Math.min(label.length(), MAX_LENGTH)).replaceFirst("-+$", "");
    return new Name(brief.isEmpty() ? fallback : brief);
  }

  @Override
  public String toString() {
    return text;
  }
}
