package dev.mlops.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.loadtest.LoadDisplay;
import dev.mlops.platform.Ownership;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/**
 * The only code that prints. Standard output gets the answer and nothing else, standard error the
 * story of how it came about.
 */
public final class Console {
  private final PrintStream out;
  private final PrintStream err;
  private final Terminal terminal;
  private final Screen screen;
  private LogLines logLines;
  private Manner manner = Manner.USUAL;
  private NextCommands commands = NextCommands.AS_THEY_ARE;

  public Console(PrintStream out, PrintStream err, Terminal terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.logLines = new LogLines(style(1));
    this.screen = new Screen(out);
  }

  /** Called once, as soon as the command line has been read. */
  public void configure(Manner wanted, NextCommands completed) {
    manner = wanted;
    commands = completed;
    logLines = new LogLines(style(1));
  }

  /** Standard output for text that another library lays out: help. */
  public PrintWriter writer() {
    return new PrintWriter(new OutputStreamWriter(out, UTF_8), true);
  }

  /** A line of standard output that is not a view: a followed log, a schema. */
  public void raw(String line) {
    out.println(line);
    out.flush();
  }

  /**
   * A replica's line; its name goes before it for people, and never breaks a line of JSON.
   *
   * @return whether it could be written: that nobody reads on is seen by this alone
   */
  public boolean logLine(String replica, String text) {
    out.println(
        switch (manner.format()) {
          case text -> logLines.line(replica, text);
          case json -> Json.line(Json.object().put("replica", replica).put("text", text));
        });
    return !out.checkError();
  }

  /** Things that a question is about. */
  public void list(List<Ownership.Owned> things) {
    DestroyView.list(things, text(err, 2));
  }

  /** A line of the story. */
  public void say(String line) {
    if (!manner.quiet()) {
      text(err, 2).line(line);
    }
  }

  public void answer(View view) {
    switch (manner.format()) {
      case json -> out.println(Json.print(view.json()));
      case text -> {
        if (!manner.quiet()) {
          view.text(text(out, 1));
        } else if (!view.essential().isEmpty()) {
          out.println(view.essential());
        }
      }
    }
    out.flush();
  }

  /** Whether an answer may be redrawn in place as it changes. */
  public boolean isLive() {
    return manner.format() == Format.text && !manner.quiet() && redraws(1);
  }

  /** Puts an answer where the last one stood. */
  public void redraw(View view) {
    screen.draw(view, style(1), terminal.size().columns());
  }

  /** An answer that is a failure at once: a gate that was missed. */
  public void judge(View view, MlopsException verdict) {
    if (manner.format() == Format.text) {
      answer(view);
    }
    fail(Optional.of(view), verdict.problem(), verdict);
  }

  /**
   * Ends a command that failed.
   *
   * @param partial what was done before the failure
   * @param found what is wrong
   * @param thrown what carried it
   */
  public void fail(Optional<View> partial, Problem found, Throwable thrown) {
    Problem problem = found.withNext(commands.complete(found.next()));
    if (manner.format() == Format.json) {
      out.println(Json.print(Json.failure(partial, problem)));
      out.flush();
    }
    // Without a cause the problem says all there is; a stack trace would only point at the check.
    boolean worthLogging = problem.code() == Code.INTERNAL || thrown.getCause() != null;
    Optional<String> log =
        worthLogging ? RunLog.write(problem, thrown, terminal.environ()) : Optional.empty();
    ProblemText.write(problem, log, text(err, 2));
    if (manner.verbose()) {
      err.println(errStyle().dim(ProblemText.stackTrace(thrown)));
    }
  }

  /** The end of a command: one whose answer got lost has not done what it was asked for. */
  public ExitCode end(ExitCode code, StandardOutput answer) {
    Optional<IOException> lost = answer.fault();
    if (code != ExitCode.DONE || lost.isEmpty()) {
      return code;
    }
    MlopsException problem =
        Code.DISK_NOT_WRITABLE.problem(
            "The answer can't be written to standard output",
            "What the command was to do is done.",
            "Make room where the output goes, and run it again.",
            lost.get());
    fail(Optional.empty(), problem.problem(), problem);
    return problem.exitCode();
  }

  /** Watches a run: a live list on a terminal, plain lines elsewhere, nothing with {@code -q}. */
  public StepList steps(List<String> titles) {
    if (manner.quiet()) {
      return StepList.NOTHING;
    }
    return redraws(2)
        ? new LiveSteps(err, errStyle(), terminal.size(), titles)
        : new PlainSteps(text(err, 2), titles);
  }

  /** How a load test is shown while it runs. */
  public LoadDisplay loadDisplay() {
    return new LoadProgress(
        errStyle(), !manner.quiet() && redraws(2), terminal.size().columns(), this::say);
  }

  /**
   * Asks for consent.
   *
   * @param expected what has to be typed; {@code y} does for {@code yes}
   * @throws dev.mlops.problem.MlopsException where nobody can be asked
   */
  public boolean confirm(String question, String expected, String flag)
      throws InterruptedException {
    if (!terminal.canAsk()) {
      throw Code.CONFIRMATION_NEEDED.problem(
          "Not confirmed: " + question.replaceFirst(" *\\[.*\\]$", ""),
          "There is no terminal to ask at.",
          "Run it again with " + flag);
    }
    err.print(errStyle().bold(question) + " ");
    err.flush();
    try {
      String typed = terminal.readLine();
      return typed.equalsIgnoreCase(expected)
          || (expected.equals("yes") && typed.equalsIgnoreCase("y"));
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      err.println();
      throw e;
    }
  }

  /** Whether there is somebody to answer a question. */
  public boolean canAsk() {
    return terminal.canAsk();
  }

  public Style errStyle() {
    return style(2);
  }

  /** How wide help may be, at most {@code usual}. */
  public int columns(int usual) {
    return Math.min(usual, wrapping(1).columns());
  }

  private Text text(PrintStream to, int descriptor) {
    return new Text(to, style(descriptor), wrapping(descriptor), commands);
  }

  /** Nothing is wrapped for a file or a program. */
  private Wrapping wrapping(int descriptor) {
    return terminal.isTerminal(descriptor)
        ? new Wrapping(() -> terminal.size().columns())
        : Wrapping.NONE;
  }

  private Style style(int descriptor) {
    return Style.of(terminal.isTerminal(descriptor), manner.colour(), terminal.environ());
  }

  /** What is redrawn needs a terminal, whatever is asked for. */
  private boolean redraws(int descriptor) {
    return terminal.isTerminal(descriptor) && style(descriptor).colour();
  }
}
