package dev.mlops.command;

import dev.mlops.config.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;

/** The verbs, and how their command line is read. */
final class Verbs {
  private static final int HELP_COLUMNS = 100;

  /** Picocli takes no less. */
  private static final int LEAST_COLUMNS = 55;

  private static final String[] FIRST_STEPS = {
    "",
    "Start with:  mlops demo            the whole life cycle on this machine",
    "             mlops init my-model   a project of your own"
  };

  /** In the order in which a project meets them. */
  private static final Map<String, Function<Mlops, Object>> VERBS = new LinkedHashMap<>();

  static {
    VERBS.put("demo", DemoCommand::new);
    VERBS.put("init", InitCommand::new);
    VERBS.put("plan", PlanCommand::new);
    VERBS.put("up", UpCommand::new);
    VERBS.put("provision", ProvisionCommand::new);
    VERBS.put("train", TrainCommand::new);
    VERBS.put("build", BuildCommand::new);
    VERBS.put("deploy", DeployCommand::new);
    VERBS.put("manifests", ManifestsCommand::new);
    VERBS.put("releases", ReleasesCommand::new);
    VERBS.put("rollback", RollbackCommand::new);
    VERBS.put("promote", PromoteCommand::new);
    VERBS.put("status", StatusCommand::new);
    VERBS.put("doctor", DoctorCommand::new);
    VERBS.put("logs", LogsCommand::new);
    VERBS.put("top", TopCommand::new);
    VERBS.put("open", OpenCommand::new);
    VERBS.put("drift", DriftCommand::new);
    VERBS.put("loadtest", LoadTestCommand::new);
    VERBS.put("cost", CostCommand::new);
    VERBS.put("pause", PauseCommand::new);
    VERBS.put("resume", ResumeCommand::new);
    VERBS.put("destroy", DestroyCommand::new);
    VERBS.put("ci", CiCommand::line);
    VERBS.put("config", ConfigCommand::new);
    VERBS.put("export", ExportCommand::new);
    VERBS.put("explain", ExplainCommand::new);
    VERBS.put("completion", CompletionCommand::new);
    VERBS.put("version", VersionCommand::new);
    VERBS.put("help", HelpCommand::new);
  }

  private Verbs() {}

  /**
   * For these arguments. Only the verb that they begin with is made: reading the annotations of all
   * of them costs more than most of them take to run.
   */
  static CommandLine line(Mlops root, List<String> args) {
    String first = args.isEmpty() ? "" : args.getFirst();
    boolean verbFirst = VERBS.containsKey(first) && !first.equals("help");
    return verbFirst ? line(root, Set.of(first)) : all(root);
  }

  static CommandLine all(Mlops root) {
    return line(root, VERBS.keySet());
  }

  private static CommandLine line(Mlops root, Set<String> verbs) {
    CommandLine line = new CommandLine(root);
    VERBS.forEach((name, verb) -> {
      if (verbs.contains(name)) {
        line.addSubcommand(verb.apply(root));
      }
    });
    // Not in the annotation: every verb would inherit it.
    line.getCommandSpec().usageMessage().footer(FIRST_STEPS);
    return line.setOut(root.console().writer())
        .setUsageHelpWidth(Math.max(LEAST_COLUMNS, root.console().columns(HELP_COLUMNS)))
        .registerConverter(Duration.class, Durations::parse)
        .registerConverter(BigDecimal.class, Verbs::number)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAllowSubcommandsAsOptionParameters(true)
        .setExecutionStrategy(root::run)
        .setParameterExceptionHandler((e, _) -> root.usageFault(e))
        .setExecutionExceptionHandler((e, _, _) -> root.failed(e));
  }

  private static BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("write a number", e);
    }
  }
}
