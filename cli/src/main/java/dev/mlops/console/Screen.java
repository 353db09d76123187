package dev.mlops.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** A part of the terminal that shows one view, drawn again whenever that changes. */
final class Screen {
  private final PrintStream to;
  private int drawn;

  Screen(PrintStream to) {
    this.to = to;
  }

  void draw(View view, Style style, int width) {
    List<String> lines = lines(view, style, width - 1);
    var screen = new StringBuilder();
    if (drawn > 0) {
      screen.append("\u001b[").append(drawn).append('A');
    }
    lines.forEach(line -> screen.append("\r\u001b[K").append(cut(line, width)).append('\n'));
    screen.append("\u001b[J");
    drawn = lines.size();
    to.print(screen);
    to.flush();
  }

  private static List<String> lines(View view, Style style, int columns) {
    var bytes = new ByteArrayOutputStream();
    var wrapping = new Wrapping(() -> columns);
    var to = new PrintStream(bytes, true, UTF_8);
    view.text(new Text(to, style, wrapping, NextCommands.AS_THEY_ARE));
    return bytes.toString(UTF_8).lines().toList();
  }

  /** To the terminal's width, because a wrapped line would break the count of lines drawn. */
  static String cut(String line, int width) {
    int columns = 0;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == '\u001b') {
        i = line.indexOf('m', i);
      } else if (++columns > width - 1) {
        return line.substring(0, i) + "\u001b[0m";
      }
    }
    return line;
  }
}
