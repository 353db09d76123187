package dev.mlops.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.Golden;
import dev.mlops.console.Console;
import dev.mlops.console.Terminal;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The generated pages of docs/reference say what the code says. */
final class ReferenceTest {
  private static final Path REFERENCE = Path.of("../docs/reference");

  @Test
  void commands() throws Exception {
    var page = new StringBuilder("# Commands\n\nGenerated from the commands' own help.\n");
    describe(commandLine(), page);
    Golden.check(REFERENCE.resolve("commands.md"), page.toString());
  }

  private static CommandLine commandLine() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    var terminal = new Terminal("", Map.of(), InputStream.nullInputStream());
    return Verbs.all(
        new Mlops(
            new Console(nowhere, nowhere, terminal),
            _ -> {
              throw new AssertionError("help needs no platform");
            }));
  }

  private static void describe(CommandLine command, StringBuilder page) {
    page.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n```\n");
    page.append(command.setUsageHelpWidth(100).getUsageMessage(Ansi.OFF).stripTrailing());
    page.append("\n```\n");
    command.getSubcommands().values().forEach(verb -> describe(verb, page));
  }

  @Test
  void exitCodes() throws Exception {
    var page = new StringBuilder("# Exit codes\n\n| status | meaning |\n|---|---|\n");
    for (ExitCode code : ExitCode.values()) {
      page.append("| %d | %s |\n".formatted(code.status(), code.meaning()));
    }
    Golden.check(REFERENCE.resolve("exit-codes.md"), page.toString());
    assertEquals(
        "[0, 1, 2, 3, 4, 5, 130]",
        Arrays.stream(ExitCode.values()).map(ExitCode::status).toList().toString(),
        "these numbers are promised");
  }

  @Test
  void errors() throws Exception {
    var page =
        new StringBuilder(
            "# Errors\n\n`mlops explain CODE` prints the same. A code never changes its meaning.\n");
    for (Code code : Code.values()) {
      page.append("\n## ").append(code.id()).append("\n**").append(code.title());
      page.append("** (exit code ").append(code.exitCode().status()).append(")\n\n");
      page.append(code.explanation()).append("\n");
    }
    Golden.check(REFERENCE.resolve("errors.md"), page.toString());
  }

  @Test
  void everyCodeIsItsOwn() {
    Set<String> seen = new HashSet<>();
    for (Code code : Code.values()) {
      assertTrue(seen.add(code.id()), code.id() + " stands twice");
      assertTrue(code.id().matches("MLOPS-[A-Z]+-\\d{3}"), code.id());
    }
  }
}
