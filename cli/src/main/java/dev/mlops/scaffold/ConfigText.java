package dev.mlops.scaffold;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The template of {@code mlops.yaml} while it is fitted to a project: comments and order stay as
 * they are. A key is one line, {@code key: value}; with a {@code #} right before its name it is
 * left out.
 */
final class ConfigText {
  private static final Pattern KEY = Pattern.compile("( *)(#?)([A-Za-z]\\w*):.*");

  private final List<String> lines;

  ConfigText(String template) {
    this.lines = new ArrayList<>(template.lines().toList());
  }

  /**
   * Gives a key another value, and puts it in force if it was left out.
   *
   * @param yaml the value; further lines are indented as far as it has to be
   */
  ConfigText set(String key, String yaml) {
    int line = find(key);
    String own = " ".repeat(indent(line));
    String[] parts = yaml.split("\n", -1);
    lines.set(line, (own + name(key) + ": " + parts[0]).stripTrailing());
    for (int i = 1; i < parts.length; i++) {
      lines.add(line + i, own + "  " + parts[i]);
    }
    return this;
  }

  /** Leaves a key out, with all that is in it. */
  ConfigText leaveOut(String key) {
    int line = find(key);
    int indent = indent(line);
    commentOut(line);
    for (int i = line + 1; i < lines.size() && isInside(lines.get(i), indent); i++) {
      commentOut(i);
    }
    return this;
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  private void commentOut(int line) {
    Matcher key = KEY.matcher(lines.get(line));
    if (key.matches() && key.group(2).isEmpty()) {
      String text = lines.get(line);
      lines.set(line, text.substring(0, key.end(1)) + "#" + text.substring(key.end(1)));
    }
  }

  private static boolean isInside(String line, int indent) {
    return line.isBlank() || line.indexOf(line.strip()) > indent;
  }

  private int find(String key) {
    Deque<String> path = new ArrayDeque<>();
    Deque<Integer> indents = new ArrayDeque<>();
    return IntStream.range(0, lines.size())
        .filter(i -> {
          Matcher at = KEY.matcher(lines.get(i));
          if (!at.matches()) {
            return false;
          }
          while (!indents.isEmpty() && indents.getLast() >= at.group(1).length()) {
            indents.removeLast();
            path.removeLast();
          }
          indents.addLast(at.group(1).length());
          path.addLast(at.group(3));
          return String.join(".", path).equals(key);
        })
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the template has no key " + key));
  }

  private int indent(int line) {
    Matcher key = KEY.matcher(lines.get(line));
    return key.matches() ? key.end(1) : 0;
  }

  private static String name(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
