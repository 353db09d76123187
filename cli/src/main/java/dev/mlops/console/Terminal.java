package dev.mlops.console;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNullElse;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What the process is connected to.
 *
 * @param terminals the file descriptors that are terminals, as digits: "012" for all three. The
 *     launcher tells it, because the JVM can only say whether all of them are.
 */
public record Terminal(String terminals, Map<String, String> environ, InputStream in) {
  /** How much of it is seen at once. */
  record Size(int rows, int columns) {
    private static final Size USUAL = new Size(24, 80);

    /**
     * @param said rows and columns; 0 where nobody has told the terminal
     */
    private Size unlessKnown(String... said) {
      int saidRows = Integer.parseInt(said[0]);
      int saidColumns = Integer.parseInt(said[said.length - 1]);
      return new Size(saidRows > 0 ? saidRows : rows, saidColumns > 0 ? saidColumns : columns);
    }
  }

  public static Terminal ofProcess() {
    Map<String, String> environ = new HashMap<>(System.getenv());
    // The launcher has another one for Java, and tells which one the terminal has.
    Optional.ofNullable(System.getProperty("mlops.locale"))
        .ifPresent(locale -> environ.put("LC_ALL", locale));
    return new Terminal(System.getProperty("mlops.terminal", ""), Map.copyOf(environ), System.in);
  }

  public boolean isTerminal(int descriptor) {
    return terminals.indexOf((char) ('0' + descriptor)) >= 0;
  }

  /** Whether a person can be asked: never in CI, never without a terminal at both ends. */
  public boolean canAsk() {
    return isTerminal(0) && isTerminal(2) && environ.getOrDefault("CI", "").isEmpty();
  }

  /** Asked afresh because windows are resized. */
  Size size() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      String[] answer =
          new String(stty.getInputStream().readAllBytes(), US_ASCII).strip().split(" ", -1);
      return Size.USUAL.unlessKnown(answer);
    } catch (IOException | NumberFormatException e) {
      return Size.USUAL;
    }
  }

  /** One line that a person typed, without its end; empty at the end of input. */
  String readLine() throws IOException, InterruptedException {
    var reader = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
    // In a thread of its own, as no interrupt ends a read from a terminal: Ctrl-C has to.
    var line = new FutureTask<>(() -> requireNonNullElse(reader.readLine(), ""));
    Thread.ofPlatform().daemon().name("question").start(line);
    try {
      return line.get().strip();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }
}
