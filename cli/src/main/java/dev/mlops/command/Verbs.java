package dev.mlops.command;

import dev.mlops.config.Durations;
import dev.mlops.console.NextCommands;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
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
  private static final Map<String, Verb> VERBS = new LinkedHashMap<>();

  static {
    VERBS.put("demo", new Verb(DemoCommand::new, Reach.NONE));
    VERBS.put("init", new Verb(InitCommand::new, Reach.NONE));
    VERBS.put("plan", new Verb(PlanCommand::new, Reach.ENVIRONMENT));
    VERBS.put("up", new Verb(UpCommand::new, Reach.ENVIRONMENT));
    VERBS.put("provision", new Verb(ProvisionCommand::new, Reach.ENVIRONMENT));
    VERBS.put("train", new Verb(TrainCommand::new, Reach.ENVIRONMENT));
    VERBS.put("build", new Verb(BuildCommand::new, Reach.ENVIRONMENT));
    VERBS.put("deploy", new Verb(DeployCommand::new, Reach.ENVIRONMENT));
    VERBS.put("manifests", new Verb(ManifestsCommand::new, Reach.ENVIRONMENT));
    VERBS.put("releases", new Verb(ReleasesCommand::new, Reach.ENVIRONMENT));
    VERBS.put("rollback", new Verb(RollbackCommand::new, Reach.ENVIRONMENT));
    VERBS.put("promote", new Verb(PromoteCommand::new, Reach.PROJECT));
    VERBS.put("status", new Verb(StatusCommand::new, Reach.ENVIRONMENT));
    VERBS.put("doctor", new Verb(DoctorCommand::new, Reach.ENVIRONMENT));
    VERBS.put("logs", new Verb(LogsCommand::new, Reach.ENVIRONMENT));
    VERBS.put("top", new Verb(TopCommand::new, Reach.ENVIRONMENT));
    VERBS.put("open", new Verb(OpenCommand::new, Reach.ENVIRONMENT));
    VERBS.put("drift", new Verb(DriftCommand::new, Reach.ENVIRONMENT));
    VERBS.put("loadtest", new Verb(LoadTestCommand::new, Reach.ENVIRONMENT));
    VERBS.put("cost", new Verb(CostCommand::new, Reach.ENVIRONMENT));
    VERBS.put("pause", new Verb(PauseCommand::new, Reach.ENVIRONMENT));
    VERBS.put("resume", new Verb(ResumeCommand::new, Reach.ENVIRONMENT));
    VERBS.put("destroy", new Verb(DestroyCommand::new, Reach.ENVIRONMENT));
    VERBS.put("ci", new Verb(CiCommand::line, Reach.PROJECT));
    VERBS.put("config", new Verb(ConfigCommand::new, Reach.PROJECT));
    VERBS.put("export", new Verb(ExportCommand::new, Reach.ENVIRONMENT));
    VERBS.put("explain", new Verb(ExplainCommand::new, Reach.NONE));
    VERBS.put("completion", new Verb(CompletionCommand::new, Reach.NONE));
    VERBS.put("version", new Verb(VersionCommand::new, Reach.NONE));
    VERBS.put("help", new Verb(HelpCommand::new, Reach.NONE));
  }

  /** What a verb works on, by the flags that all of them have. */
  private enum Reach {
    /** What its own arguments say. */
    NONE,
    /** A project; it names environments itself, or none. */
    PROJECT,
    ENVIRONMENT
  }

  private record Verb(Function<Mlops, Object> command, Reach reach) {
    NextCommands.Flags flags(NextCommands.Flags said) {
      return switch (reach) {
        case NONE -> new NextCommands.Flags("", "");
        case PROJECT -> new NextCommands.Flags(said.project(), "");
        case ENVIRONMENT -> said;
      };
    }
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

  /**
   * What has to be said to each verb for it to work on what the command line named.
   *
   * @param parsed a verb that makes a project leads into its folder by itself
   */
  static Map<String, NextCommands.Flags> flagsAfter(
      CommandLine.ParseResult parsed, NextCommands.Flags said) {
    String verb = parsed.hasSubcommand() ? parsed.subcommand().commandSpec().name() : "";
    boolean leads = VERBS.containsKey(verb) && VERBS.get(verb).reach() == Reach.NONE;
    NextCommands.Flags more = leads ? new NextCommands.Flags("", said.environment()) : said;
    Map<String, NextCommands.Flags> flags = new HashMap<>();
    VERBS.forEach((name, each) -> flags.put(name, each.flags(more)));
    return flags;
  }

  private static CommandLine line(Mlops root, Set<String> verbs) {
    CommandLine line = new CommandLine(root);
    VERBS.forEach((name, verb) -> {
      if (verbs.contains(name)) {
        line.addSubcommand(verb.command().apply(root));
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
