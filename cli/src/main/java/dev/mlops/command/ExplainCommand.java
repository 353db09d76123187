package dev.mlops.command;

import dev.mlops.console.ExplainView;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "explain", description = "Explain an error code, offline.")
final class ExplainCommand implements Callable<Integer> {
  /** For shell completion. */
  static final class Codes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Code.values()).map(Code::id).iterator();
    }
  }

  @Parameters(
      paramLabel = "CODE",
      completionCandidates = Codes.class,
      description = "A code such as MLOPS-CONFIG-001.")
  private String code;

  private final Mlops mlops;

  ExplainCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() {
    Code found = Code.find(code).orElseThrow(this::unknown);
    mlops.console().answer(new ExplainView(found));
    return ExitCode.DONE.status();
  }

  private RuntimeException unknown() {
    String area = code.toUpperCase(Locale.ROOT).replaceFirst("-\\d+$", "");
    List<String> near =
        Stream.of(Code.values()).map(Code::id).filter(id -> id.startsWith(area)).toList();
    return Code.USAGE.problem(
        "There is no code " + code,
        near.isEmpty()
            ? "Codes look like MLOPS-CONFIG-001."
            : "There are " + String.join(", ", near),
        "mlops explain " + (near.isEmpty() ? Code.CONFIG_MISSING.id() : near.getFirst()));
  }
}
