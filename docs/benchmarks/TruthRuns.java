import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lets load testers measure servers of which the truth is known, one after the other, and prints
 * what each says beside the truth. The server has CPU 0, the load testers CPU 1.
 *
 * <p>Usage: {@code java TruthRuns.java PROJECT MLOPS [CASE…]}; PROJECT is any that {@code mlops
 * init} made, and gets another loadtest.yaml; cases are 1 to 4, otherwise all of them. Other testers
 * take part if they are there: {@code wrk}, {@code oha}, {@code k6} and {@code locust} on the path,
 * Gatling if the environment variable GATLING holds its class path. With {@code cc} there, so does
 * {@code truth/bare.c}, of which all beyond the server's delay is the system's own time.
 */
final class TruthRuns {
  private static final int PORT = 18_099;
  private static final int SECONDS = 10;
  private static final String TARGET = "http://127.0.0.1:" + PORT;
  private static final Path HERE = Path.of("docs/benchmarks").toAbsolutePath();
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  /** Of all testers: {@code p50 1.5 p99 2 p99.9 3 requests 10}; milliseconds. */
  private static final Pattern FIGURES =
      Pattern.compile("p50 ([\\d.]+) p99 ([\\d.]+) p99.9 ([\\d.]+) requests ([\\d.]+)");

  private static final Pattern WRK =
      Pattern.compile(
          "50%\\s+([\\d.]+)(\\ws|s).*99%\\s+([\\d.]+)(\\ws|s).*?(\\d+) requests in",
          Pattern.DOTALL);

  private static final Pattern MLOPS =
      Pattern.compile("\"(p50|p99|p999|requests|valid)\"\\s*:\\s*([\\w.]+)");

  private static final Pattern GATLING =
      Pattern.compile("response time [\\d.]+th percentile \\(ms\\)\\s*\\|\\s*([\\d,]+)");

  private static final Pattern OHA =
      Pattern.compile("\"(p50|p99|p99\\.9)\"\\s*:\\s*([\\d.e-]+)");

  private static final Pattern OHAS_COUNT = Pattern.compile("\"200\"\\s*:\\s*(\\d+)");

  private static final Pattern GATLINGS_COUNT = Pattern.compile("request count\\s*\\|\\s*([\\d,]+)");

  /** What is asked of a server: each answer takes the delay; frozen from 4 s to 6 s, or never. */
  private record Case(double delay, boolean freezes, int rate) {
    List<String> server(Path held) {
      return List.of(
          JAVA.toString(),
          "-Xmx64m",
          HERE.resolve("KnownServer.java").toString(),
          String.valueOf(PORT),
          String.valueOf(delay),
          "4000",
          freezes ? "2000" : "0",
          held.toString());
    }

    /** For how long a caller at any moment waits who is behind that share of all. */
    double truth(double share) {
      double behind = (1 - share) * SECONDS * 1e3;
      return delay + (freezes ? Math.max(0, 2_000 - behind) : 0);
    }

    String title() {
      return String.format(
          Locale.ROOT,
          "answers after %.0f ms%s, %d/s for %d s",
          delay,
          freezes ? ", nothing from 4 s to 6 s" : "",
          rate,
          SECONDS);
    }
  }

  private record Figures(String p50, String p99, String p999, String requests, String note) {}

  private interface Tester {
    Optional<Figures> run(Case known) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    Path project = Path.of(args[0]).toAbsolutePath();
    Path plan = project.resolve("loadtest.yaml");
    Files.writeString(plan, "body: '{\"sepal_length\": 5.1}'\n");
    Map<String, Tester> testers = new TreeMap<>();
    testers.put("1 mlops", known -> mlops(known, project, Path.of(args[1]).toAbsolutePath()));
    testers.put("2 k6", TruthRuns::k6);
    testers.put("3 Gatling", TruthRuns::gatling);
    testers.put("4 Locust", TruthRuns::locust);
    testers.put("5 wrk", TruthRuns::wrk);
    testers.put("6 oha", TruthRuns::oha);
    testers.put("7 bare C, waits", known -> bare("wait", known));
    testers.put("8 bare C, spins", known -> bare("spin", known));
    List<Case> cases =
        List.of(
            new Case(1, false, 200),
            new Case(5, false, 200),
            new Case(20, false, 200),
            new Case(5, true, 200));
    List<String> chosen = Arrays.asList(args).subList(2, args.length);
    for (Case known : cases) {
      if (!chosen.isEmpty() && !chosen.contains(String.valueOf(cases.indexOf(known) + 1))) {
        continue;
      }
      System.out.println("\n### " + known.title());
      System.out.println(
          "| | p50 ms | p99 ms | p99.9 ms | requests | the server held them, p50, p99, p99.9 | |\n"
              + "|---|---|---|---|---|---|---|");
      print(
          "truth",
          new Figures(
              millis(known.truth(0.5)),
              millis(known.truth(0.99)),
              millis(known.truth(0.999)),
              String.valueOf(known.rate() * SECONDS),
              ""),
          "");
      for (Map.Entry<String, Tester> tester : testers.entrySet()) {
        Path held = Files.createTempFile("held", ".txt");
        Process server = Pinned.server(PORT, known.server(held));
        Optional<Figures> said;
        try {
          said = tester.getValue().run(known);
        } finally {
          server.destroy();
          server.waitFor();
        }
        if (said.isPresent()) {
          Figures truth = figures(Files.readString(held)).orElseThrow();
          print(
              tester.getKey().substring(2),
              said.get(),
              shortened(truth.p50()) + ", " + shortened(truth.p99()) + ", " + shortened(truth.p999()));
        }
      }
    }
  }

  private static Optional<Figures> mlops(Case known, Path project, Path program) throws Exception {
    String said =
        Pinned.load(
            List.of(
                program.toString(),
                "loadtest",
                "-o",
                "json",
                "--project",
                project.toString(),
                "--target",
                TARGET,
                "--rate",
                String.valueOf(known.rate()),
                "--warm-up",
                "0s",
                "-d",
                SECONDS + "s"));
    Map<String, String> values = new TreeMap<>();
    // The first of each name is that of all requests, from the intended moment.
    MLOPS.matcher(said).results().forEach(found -> values.putIfAbsent(found.group(1), found.group(2)));
    return Optional.of(
        new Figures(
            values.get("p50"),
            values.get("p99"),
            values.get("p999"),
            values.get("requests"),
            "true".equals(values.get("valid")) ? "" : "says itself: not valid"));
  }

  private static Optional<Figures> k6(Case known) throws Exception {
    if (!isThere("k6")) {
      return Optional.empty();
    }
    return figures(
        Pinned.load(
            List.of(
                "k6",
                "run",
                "--quiet",
                "--no-usage-report",
                "-e",
                "RATE=" + known.rate(),
                "-e",
                "SECONDS=" + SECONDS,
                "-e",
                "TARGET=" + TARGET,
                HERE.resolve("truth/k6.js").toString())));
  }

  private static Optional<Figures> locust(Case known) throws Exception {
    if (!isThere("locust")) {
      return Optional.empty();
    }
    int users = known.rate() / 10;
    return figures(
        Pinned.load(
            List.of(
                "locust",
                "--headless",
                "--only-summary",
                "-f",
                HERE.resolve("truth/locustfile.py").toString(),
                "--users",
                String.valueOf(users),
                "--spawn-rate",
                String.valueOf(users),
                "--run-time",
                SECONDS + "s",
                "--host",
                TARGET)));
  }

  private static Optional<Figures> gatling(Case known) throws Exception {
    String classPath = System.getenv("GATLING");
    if (classPath == null) {
      return Optional.empty();
    }
    Path results = Files.createTempDirectory("gatling");
    Path classes = Files.createDirectories(results.resolve("classes"));
    Pinned.load(
        List.of(
            JAVA.resolveSibling("javac").toString(),
            "-cp",
            classPath,
            "-d",
            classes.toString(),
            HERE.resolve("truth/Known.java").toString()));
    String said = Pinned.load(
        List.of(
            JAVA.toString(),
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Drate=" + known.rate(),
            "-Dseconds=" + SECONDS,
            "-Dtarget=" + TARGET,
            "-Dgatling.charting.indicators.percentile1=50",
            "-Dgatling.charting.indicators.percentile2=99",
            "-Dgatling.charting.indicators.percentile3=99.9",
            "-cp",
            classes + ":" + classPath,
            "io.gatling.app.Gatling",
            "-s",
            "Known",
            "-rf",
            results.toString()));
    List<String> percentiles =
        GATLING
            .matcher(said)
            .results()
            .map(found -> found.group(1).replace(",", ""))
            .toList();
    Matcher count = GATLINGS_COUNT.matcher(said);
    return percentiles.size() < 3 || !count.find()
        ? figures(said)
        : Optional.of(
            new Figures(
                percentiles.get(0),
                percentiles.get(1),
                percentiles.get(2),
                count.group(1).replace(",", ""),
                "whole milliseconds"));
  }

  /** It knows no rate: as many connections as would make it if nothing froze. */
  private static Optional<Figures> wrk(Case known) throws Exception {
    if (!isThere("wrk")) {
      return Optional.empty();
    }
    int connections = Math.max(1, (int) (known.rate() * known.delay() / 1e3));
    Matcher said =
        WRK.matcher(
            Pinned.load(
                List.of(
                    "wrk", "-t1", "-c" + connections, "-d" + SECONDS + "s", "--latency",
                    "-s", HERE.resolve("predict.lua").toString(), TARGET + "/predict")));
    return said.find()
        ? Optional.of(
            new Figures(
                inMillis(said.group(1), said.group(2)),
                inMillis(said.group(3), said.group(4)),
                "–",
                said.group(5),
                "no rate: " + connections + " connections"))
        : Optional.empty();
  }

  private static Optional<Figures> oha(Case known) throws Exception {
    if (!isThere("oha")) {
      return Optional.empty();
    }
    String said =
        Pinned.load(
            List.of(
                "oha", "--no-tui", "--output-format", "json", "--latency-correction",
                "-q", String.valueOf(known.rate()), "-c", "100", "-z", SECONDS + "s",
                "-m", "POST", "-T", "application/json", "-d", "{\"sepal_length\": 5.1}",
                TARGET + "/predict"));
    Map<String, String> values = new TreeMap<>();
    // Since 1.16 a summary in milliseconds goes before them.
    OHA.matcher(said.substring(Math.max(0, said.indexOf("\"latencyPercentiles\""))))
        .results()
        .forEach(found -> values.putIfAbsent(found.group(1), inMillis(found.group(2), "s")));
    Matcher count = OHAS_COUNT.matcher(said);
    return values.size() < 3 || !count.find()
        ? figures(said)
        : Optional.of(
            new Figures(
                values.get("p50"), values.get("p99"), values.get("p99.9"), count.group(1), ""));
  }

  /** Its connection is one: the freeze would keep it from sending. */
  private static Optional<Figures> bare(String how, Case known) throws Exception {
    if (!isThere("cc") || known.freezes()) {
      return Optional.empty();
    }
    Path program = Files.createTempDirectory("bare").resolve("bare");
    Pinned.load(
        List.of("cc", "-O2", "-o", program.toString(), HERE.resolve("truth/bare.c").toString()));
    return figures(
        Pinned.load(
            List.of(
                program.toString(),
                how,
                String.valueOf(PORT),
                String.valueOf(known.rate()),
                String.valueOf(SECONDS))));
  }

  private static String inMillis(String value, String unit) {
    double factor = unit.equals("us") ? 1e-3 : unit.equals("ms") ? 1 : 1e3;
    return millis(Double.parseDouble(value) * factor);
  }

  private static Optional<Figures> figures(String said) {
    Matcher found = FIGURES.matcher(said);
    return found.find()
        ? Optional.of(
            new Figures(found.group(1), found.group(2), found.group(3), found.group(4), ""))
        : Optional.of(new Figures("?", "?", "?", "?", said.lines().findFirst().orElse("")));
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static void print(String name, Figures figures, String held) {
    System.out.printf(
        "| %s | %s | %s | %s | %s | %s | %s |%n",
        name,
        shortened(figures.p50()),
        shortened(figures.p99()),
        shortened(figures.p999()),
        figures.requests(),
        held,
        figures.note());
  }

  private static String shortened(String value) {
    try {
      return millis(Double.parseDouble(value));
    } catch (NumberFormatException e) {
      return value;
    }
  }
}
