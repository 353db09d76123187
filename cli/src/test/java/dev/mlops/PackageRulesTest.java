package dev.mlops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may import whom, and which libraries stay behind which door. */
final class PackageRulesTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/mlops");
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?([\\w.]+)", Pattern.MULTILINE);
  private static final Pattern OURS = Pattern.compile("dev\\.mlops\\.((?:[a-z]+\\.)*)[A-Z].*");

  /** Package to the packages of ours that it may import; "" is the root, which may import all. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("problem", Set.of()),
          Map.entry("plan", Set.of()),
          Map.entry("process", Set.of()),
          Map.entry("config", Set.of("problem")),
          Map.entry("manifest", Set.of("config", "platform", "problem")),
          Map.entry("image", Set.of("platform", "problem", "process")),
          Map.entry("loadtest", Set.of("config", "problem", "process")),
          Map.entry("loadtest.cluster", Set.of("image", "loadtest", "platform")),
          Map.entry("training", Set.of("config", "image", "platform", "problem", "process")),
          Map.entry("platform", Set.of("problem")),
          Map.entry("dashboard", Set.of("platform", "problem", "usage")),
          Map.entry("export", Set.of("manifest")),
          Map.entry("drift", Set.of("platform", "problem")),
          Map.entry("usage", Set.of("platform", "problem")),
          Map.entry("scaffold", Set.of("ci", "config", "manifest", "problem", "training")),
          Map.entry(
              "platform.local",
              Set.of(
                  "config",
                  "image",
                  "manifest",
                  "platform",
                  "platform.local.proxy",
                  "problem",
                  "process")),
          Map.entry("platform.local.proxy", Set.of()),
          Map.entry("ci", Set.of("config", "platform", "problem")),
          Map.entry("cost", Set.of()),
          Map.entry(
              "doctor",
              Set.of(
                  "ci",
                  "config",
                  "image",
                  "lifecycle",
                  "manifest",
                  "platform",
                  "problem",
                  "step",
                  "training")),
          Map.entry(
              "platform.kubernetes", Set.of("config", "image", "manifest", "platform", "problem")),
          Map.entry(
              "platform.gcp",
              Set.of(
                  "config",
                  "cost",
                  "image",
                  "manifest",
                  "platform",
                  "platform.kubernetes",
                  "problem")),
          Map.entry(
              "step",
              Set.of(
                  "config",
                  "image",
                  "loadtest",
                  "manifest",
                  "plan",
                  "platform",
                  "problem",
                  "scaffold",
                  "training")),
          Map.entry(
              "lifecycle",
              Set.of(
                  "ci",
                  "config",
                  "cost",
                  "export",
                  "image",
                  "loadtest",
                  "loadtest.cluster",
                  "manifest",
                  "plan",
                  "platform",
                  "problem",
                  "scaffold",
                  "step",
                  "training")),
          Map.entry(
              "console",
              Set.of(
                  "ci",
                  "config",
                  "cost",
                  "doctor",
                  "drift",
                  "image",
                  "lifecycle",
                  "loadtest",
                  "manifest",
                  "plan",
                  "platform",
                  "problem",
                  "scaffold",
                  "training",
                  "usage")),
          Map.entry(
              "command",
              Set.of(
                  "ci",
                  "config",
                  "console",
                  "cost",
                  "dashboard",
                  "doctor",
                  "drift",
                  "export",
                  "image",
                  "lifecycle",
                  "loadtest",
                  "manifest",
                  "plan",
                  "platform",
                  "problem",
                  "scaffold",
                  "training",
                  "usage")));

  /** Library to the packages that may import it. */
  private static final Map<String, Set<String>> DOORS =
      Map.of(
          "com.google.cloud.tools.jib", Set.of("image"),
          "com.google.api", Set.of("platform.gcp"),
          "com.google.auth", Set.of("platform.gcp"),
          "com.google.cloud.container", Set.of("platform.gcp"),
          "io.grpc", Set.of("platform.gcp"),
          "io.fabric8", Set.of("platform.kubernetes"),
          "io.netty", Set.of("platform.local"),
          "org.HdrHistogram", Set.of("loadtest"),
          "picocli", Set.of("command"));

  private record Source(Path file, String packageName, String text) {
    boolean isIn(String name) {
      return packageName.equals(name) || packageName.startsWith(name + ".");
    }

    Stream<String> imports() {
      Matcher matcher = IMPORT.matcher(text);
      return matcher.results().map(result -> result.group(1));
    }
  }

  private static List<Source> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(PackageRulesTest::read)
          .toList();
    }
  }

  private static Source read(Path file) {
    try {
      String name =
          SOURCES.relativize(file.getParent()).toString().replace('/', '.').replace('\\', '.');
      return new Source(file, name, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void importsGoOneWay() throws IOException {
    List<String> faults = new ArrayList<>();
    for (Source source : sources()) {
      if (source.packageName().isEmpty()) {
        continue;
      }
      Set<String> allowed = ALLOWED.get(source.packageName());
      assertTrue(allowed != null, "no rule for package " + source.packageName());
      source
          .imports()
          .map(OURS::matcher)
          .filter(Matcher::matches)
          .map(matcher -> matcher.group(1).replaceAll("\\.$", ""))
          .filter(other -> !other.equals(source.packageName()) && !allowed.contains(other))
          .forEach(other -> faults.add(source.file() + " imports " + other));
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void librariesStayBehindTheirDoor() throws IOException {
    List<String> faults = new ArrayList<>();
    for (Source source : sources()) {
      DOORS.forEach((library, packages) ->
          source
              .imports()
              .filter(name -> name.startsWith(library + "."))
              .filter(_ -> packages.stream().noneMatch(source::isIn))
              .forEach(name -> faults.add(source.file() + " imports " + name)));
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void onlyTheConsoleAndMainPrint() throws IOException {
    Set<String> faults = new TreeSet<>();
    for (Source source : sources()) {
      if (Pattern.compile("System\\.(out|err)\\b").matcher(source.text()).find()
          && !source.packageName().equals("console")) {
        faults.add(source.file().toString());
      }
      if (source.text().contains("System.exit(") && !source.file().endsWith("Main.java")) {
        faults.add(source.file() + " ends the process");
      }
    }
    assertEquals(Set.of(), faults);
  }

  /** No code can: nothing names the calls that do, nor what they answer. */
  @Test
  void nobodyMakesKeysOfServiceAccounts() throws IOException {
    Pattern keys = Pattern.compile("ServiceAccountKey|serviceAccounts\\(\\)\\s*\\.keys\\(");
    List<String> faults =
        sources().stream()
            .filter(source -> keys.matcher(source.text()).find())
            .map(source -> source.file().toString())
            .toList();
    assertEquals(List.of(), faults);
  }

  @Test
  void everyPackageSaysWhatItIs() throws IOException {
    Set<String> all = new TreeSet<>();
    Set<String> described = new TreeSet<>();
    for (Source source : sources()) {
      all.add(source.packageName());
      if (source.file().endsWith("package-info.java")) {
        described.add(source.packageName());
      }
    }
    assertEquals(all, described);
  }

  @Test
  void nothingIsNamedAfterADrawer() throws IOException {
    Pattern drawer = Pattern.compile("(?i).*(util|helper|common|manager)s?|.*Impl|Abstract.*");
    List<String> faults =
        sources().stream()
            .map(source -> source.file().getFileName().toString().replace(".java", ""))
            .filter(name -> drawer.matcher(name).matches())
            .toList();
    assertEquals(List.of(), faults);
  }
}
