package dev.mlops;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.command.Mlops;
import dev.mlops.console.Console;
import dev.mlops.console.Interrupts;
import dev.mlops.console.StandardOutput;
import dev.mlops.console.Terminal;
import dev.mlops.problem.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Streams in, exit code out: the only place that ends the process. */
public final class Main {
  private final Console console;

  Main(PrintStream out, PrintStream err, Terminal terminal) {
    this.console = new Console(out, err, terminal);
  }

  public static void main(String[] args) {
    // Digits, commas and dates in what programs read are the same wherever it was written.
    Locale.setDefault(Locale.ROOT);
    // Whatever the locale says, what we print is UTF-8: JSON must be, and names in CSV files may
    // be.
    var answer = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    PrintStream out = new PrintStream(answer, false, UTF_8);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    Interrupts.install(Thread.currentThread());
    var main = new Main(out, err, Terminal.ofProcess());
    ExitCode code = main.run(List.of(args));
    out.flush();
    System.exit(main.console.end(code, answer).status());
  }

  ExitCode run(List<String> args) {
    return new Mlops(console, Platforms::open).execute(args);
  }
}
