package dev.mlops;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.command.Mlops;
import dev.mlops.console.Console;
import dev.mlops.console.Interrupts;
import dev.mlops.console.Terminal;
import dev.mlops.problem.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.List;

/** Streams in, exit code out: the only place that ends the process. */
public final class Main {
  private final Console console;

  Main(PrintStream out, PrintStream err, Terminal terminal) {
    this.console = new Console(out, err, terminal);
  }

  public static void main(String[] args) {
    // Whatever the locale says, what we print is UTF-8: JSON must be, and names in CSV files may
    // be.
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    Interrupts.install(Thread.currentThread());
    ExitCode code = new Main(out, err, Terminal.ofProcess()).run(List.of(args));
    out.flush();
    System.exit(code.status());
  }

  ExitCode run(List<String> args) {
    return new Mlops(console, Platforms::open).execute(args);
  }
}
