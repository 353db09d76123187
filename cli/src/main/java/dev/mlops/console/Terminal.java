package dev.mlops.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Map;

/**
 * What the process is connected to.
 *
 * @param terminals the file descriptors that are terminals, as digits: "012" for all three. The
 *     launcher tells it, because the JVM can only say whether all of them are.
 */
public record Terminal(String terminals, Map<String, String> environ, InputStream in) {
  private static final int USUAL_WIDTH = 80;

  public static Terminal ofProcess() {
    return new Terminal(System.getProperty("mlops.terminal", ""), System.getenv(), System.in);
  }

  public boolean isTerminal(int descriptor) {
    return terminals.indexOf((char) ('0' + descriptor)) >= 0;
  }

  /** Whether a person can be asked: never in CI, never without a terminal at both ends. */
  public boolean canAsk() {
    return isTerminal(0) && isTerminal(2) && environ.getOrDefault("CI", "").isEmpty();
  }

  /** Columns of the terminal, asked afresh because windows are resized. */
  int width() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      String answer = new String(stty.getInputStream().readAllBytes(), US_ASCII).strip();
      int columns = Integer.parseInt(answer.substring(answer.indexOf(' ') + 1));
      return columns > 0 ? columns : USUAL_WIDTH;
    } catch (IOException | NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }

  /** One line that a person typed, without its end; empty at the end of input. */
  String readLine() throws IOException {
    var reader = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
    String line = reader.readLine();
    return line == null ? "" : line.strip();
  }
}
