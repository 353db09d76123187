package dev.mlops.command;

import dev.mlops.config.ConfigSource;
import dev.mlops.console.Colour;
import dev.mlops.console.Console;
import dev.mlops.console.Format;
import dev.mlops.console.Manner;
import dev.mlops.console.NextCommands;
import dev.mlops.lifecycle.Project;
import dev.mlops.plan.Mode;
import dev.mlops.plan.Plan;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.EnvironmentLock;
import dev.mlops.platform.Federation;
import dev.mlops.platform.Platform;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.ShellWord;
import dev.mlops.training.ArtifactFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root: the options that every verb has, and the verbs. */
@Command(
    name = "mlops",
    description = {
      "Takes a machine-learning service from data to a load-tested, autoscaled, observed endpoint,"
          + " and back to zero cost.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    scope = ScopeType.INHERIT)
public final class Mlops implements Callable<Integer> {
  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Environment in the config to work on.")
  private String environment;

  @Option(
      names = "--project",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Project folder; default: the current folder or the nearest parent with a config.")
  private Path project;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Config file; default: mlops.yaml in the project folder.")
  private Path configFile;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "Set any key of the config, such as model.gate.accuracy=0.95.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description = "Format of standard output: ${COMPLETION-CANDIDATES}.")
  private Format format = Format.text;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Print only the essential value, such as an address or a digest.")
  private boolean quiet;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      description = "Colours: ${COMPLETION-CANDIDATES}; auto is on a terminal, without NO_COLOR.")
  private Colour colour = Colour.auto;

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "The same as --color never.")
  private boolean colourless;

  @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print stack traces.")
  private boolean verbose;

  private final Console console;
  private final Function<Project, Platform> platforms;

  public Mlops(Console console, Function<Project, Platform> platforms) {
    this.console = console;
    this.platforms = platforms;
  }

  /** Reads the command line, runs the verb, prints what went wrong. */
  public ExitCode execute(List<String> args) {
    // Known before the command line is parsed, so that its own faults come in the form asked for.
    Colour wanted = args.contains("--no-color") ? Colour.never : Colour.auto;
    console.configure(
        Manner.of(wantsJson(args) ? Format.json : Format.text, wanted), NextCommands.AS_THEY_ARE);
    return ExitCode.of(Verbs.line(this, args).execute(args.toArray(String[]::new)));
  }

  /** Without a verb: what there is to choose from. */
  @Override
  public Integer call() {
    Verbs.all(this).usage(console.writer());
    return ExitCode.DONE.status();
  }

  int run(CommandLine.ParseResult parsed) {
    console.configure(
        new Manner(format, quiet, verbose, colourless ? Colour.never : colour),
        new NextCommands(Verbs.flagsAfter(parsed, new NextCommands.Flags(place(), named()))));
    return new CommandLine.RunLast().execute(parsed);
  }

  private String place() {
    return flag("--project", project) + flag("-c", configFile);
  }

  private String named() {
    return flag("-e", environment);
  }

  private static String flag(String name, Object value) {
    return value == null ? "" : " " + name + " " + ShellWord.of(value.toString());
  }

  int usageFault(CommandLine.ParameterException e) {
    CommandLine verb = e.getCommandLine();
    return failed(
        Code.USAGE.problem(
            UsageWords.of(e),
            UsageWords.guess(e),
            verb.getCommandSpec().qualifiedName() + " --help"));
  }

  int failed(Exception thrown) {
    MlopsException problem = PlanRun.asProblem(thrown);
    console.fail(Optional.empty(), problem.problem(), problem);
    return problem.exitCode().status();
  }

  private static boolean wantsJson(List<String> args) {
    String all = " " + String.join(" ", args) + " ";
    return all.matches("(?s).* (-o|--output)[ =]?json .*");
  }

  Console console() {
    return console;
  }

  /** As --set does. */
  void set(String keyAndValue) {
    settings.add(keyAndValue);
  }

  /** The project and environment asked for, with every problem of its config at once. */
  Project project() {
    return projects().withFiles();
  }

  /** The same for commands that need none of the files that the config names. */
  Project projectAsItRuns() {
    return projects().asItRuns();
  }

  /** Another environment of the project; --env does not count. */
  Project projectAsItRuns(String named) {
    return new Projects(source().in(named)).asItRuns();
  }

  /** The same, named by a flag of the verb's own. */
  Project projectAsItRuns(String named, String flag) {
    return new Projects(source().in(named, flag)).asItRuns();
  }

  Projects projects() {
    return new Projects(source());
  }

  /** Those in a folder that a verb names. */
  Projects projects(Path here) {
    return new Projects(source(here));
  }

  /** A folder of the command line, from --project if that is given. */
  Path folder(Path named) {
    return project == null ? named : project.resolve(named);
  }

  ConfigSource source() {
    return source(folder(Path.of("")));
  }

  private ConfigSource source(Path start) {
    return new ConfigSource(
        start,
        Optional.ofNullable(configFile),
        Optional.ofNullable(environment),
        settings,
        System.getenv());
  }

  /** Who is let into an environment without a key. */
  Federation federation(String named) {
    return platform(projectAsItRuns(named)).provisioning().federation();
  }

  Platform platform(Project project) {
    return platforms.apply(project);
  }

  /** What a verb makes of a project on its platform. */
  interface Recipe {
    Plan plan(Project project, Platform platform) throws InterruptedException;
  }

  /**
   * Runs a recipe while no other command may change the environment, then shows what runs.
   *
   * @param verb who holds the lock
   * @param next what to run next
   */
  int change(String verb, Project project, Recipe recipe, String... next)
      throws InterruptedException {
    Platform platform = platform(project);
    PlanRun run = new PlanRun(console, project, platform);
    try (var _ = lock(project, verb)) {
      RunReport report = run.run(recipe.plan(project, platform), Mode.APPLY);
      return run.finish(report, () -> run.view(report, List.of(next)));
    }
  }

  /** Runs what goes on until Ctrl-C: that it comes is no failure to speak of. */
  static int untilInterrupted(Callable<Integer> task) throws Exception {
    try {
      return task.call();
    } catch (InterruptedException | MlopsException e) {
      if (PlanRun.asProblem(e).problem().code() == Code.INTERRUPTED) {
        return ExitCode.INTERRUPTED.status();
      }
      throw e;
    }
  }

  /** Keeps other commands from changing the environment meanwhile; mends what a killed one left. */
  EnvironmentLock lock(Project project, String command) {
    new ArtifactFolder(project.artifact()).recover();
    return EnvironmentLock.acquire(project.environmentLock(), command);
  }
}
