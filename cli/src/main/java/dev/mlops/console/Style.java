package dev.mlops.console;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How text may look on the terminal at hand: colour never carries a meaning that a word or symbol
 * does not carry too.
 *
 * @param colour whether escape codes may be written
 * @param unicode whether symbols outside ASCII may be written
 */
public record Style(boolean colour, boolean unicode) {
  private static final List<String> SERIES =
      List.of("36", "33", "35", "32", "34", "96", "93", "95");

  /**
   * Reads NO_COLOR (no-color.org), TERM and the locale variables. What the command line says goes
   * before a variable.
   *
   * @param terminal whether the stream that will be written to is one
   */
  static Style of(boolean terminal, Colour wanted, Map<String, String> environ) {
    boolean colour =
        switch (wanted) {
          case auto -> terminal && knowsColour(environ);
          case always -> true;
          case never -> false;
        };
    return new Style(colour, speaksUtf8(environ));
  }

  private static boolean knowsColour(Map<String, String> environ) {
    boolean dumb = environ.getOrDefault("TERM", "dumb").equals("dumb");
    return environ.getOrDefault("NO_COLOR", "").isEmpty() && !dumb;
  }

  private static boolean speaksUtf8(Map<String, String> environ) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environ.getOrDefault(name, "");
      if (!value.isEmpty()) {
        String upper = value.toUpperCase(Locale.ROOT);
        return upper.contains("UTF-8") || upper.contains("UTF8");
      }
    }
    return false;
  }

  public String bold(String text) {
    return wrap("1", text);
  }

  public String dim(String text) {
    return wrap("2", text);
  }

  public String good(String text) {
    return wrap("32", text);
  }

  public String bad(String text) {
    return wrap("31", text);
  }

  public String notable(String text) {
    return wrap("33", text);
  }

  public String accent(String text) {
    return wrap("36", text);
  }

  /** One of a row of colours that are easily told apart. */
  String series(int number, String text) {
    return wrap(SERIES.get(number % SERIES.size()), text);
  }

  private String wrap(String code, String text) {
    return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  String symbol(Symbol symbol) {
    return unicode ? symbol.unicode : symbol.ascii;
  }

  enum Symbol {
    DONE("✓", "+"),
    UNCHANGED("·", "="),
    UNDER_WAY("…", "."),
    PLANNED("→", ">"),
    FAILED("✗", "x"),
    SKIPPED("-", "-");

    private final String unicode;
    private final String ascii;

    Symbol(String unicode, String ascii) {
      this.unicode = unicode;
      this.ascii = ascii;
    }
  }
}
