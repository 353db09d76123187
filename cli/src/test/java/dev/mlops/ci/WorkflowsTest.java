package dev.mlops.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlops.ci.Delivery.Place;
import dev.mlops.ci.Delivery.Route;
import dev.mlops.config.ConfigSource;
import dev.mlops.config.PlatformKind;
import dev.mlops.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class WorkflowsTest {
  private static final ToolPin PIN = new ToolPin(Path.of("no-installation"));
  private static final Place LOCAL = place("dev", PlatformKind.LOCAL, "");
  private static final Place GCP = place("prod", PlatformKind.GCP, "");
  private static final Place CLUSTER =
      place("stage", PlatformKind.KUBERNETES, "registry.example.com/team");
  private static final Place GHCR = place("live", PlatformKind.KUBERNETES, "ghcr.io/me/iris");

  @TempDir private Path folder;

  private static Place place(String environment, PlatformKind platform, String registry) {
    return new Place(environment, platform, Optional.of(registry).filter(text -> !text.isEmpty()));
  }

  /** Every kind of place, alone and beside others, with and without previews. */
  static List<Delivery> deliveries() {
    List<Delivery> all = new ArrayList<>();
    for (Place place : List.of(LOCAL, GCP, CLUSTER, GHCR)) {
      all.add(new Delivery(List.of(new Route("main", place)), Optional.of(place), true));
      all.add(new Delivery(List.of(new Route("main", place)), Optional.empty(), false));
    }
    all.add(Delivery.onRunner(true));
    all.add(
        new Delivery(
            List.of(new Route("main", GCP), new Route("dev", LOCAL)), Optional.of(GCP), true));
    all.add(
        new Delivery(
            List.of(
                new Route("main", GHCR),
                new Route("release/1.x", GCP),
                new Route("stage", CLUSTER),
                new Route("dev", LOCAL)),
            Optional.of(CLUSTER),
            true));
    return all;
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void whatIsWrittenIsSoundByThreeReaders(Delivery delivery) throws Exception {
    List<Path> files = write(delivery);

    for (Path file : files) {
      assertEquals(List.of(), WorkflowCheck.check(file));
      Object read = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      assertTrue(read instanceof Map<?, ?> map && map.get("jobs") instanceof Map, file.toString());
    }
    Actionlint.assertClean(files);
  }

  @Test
  void pythonReadsThemToo() throws Exception {
    Optional<Path> python = Programs.find("python3");
    assumeTrue(python.isPresent(), "no python3");
    String program = "import sys, yaml; [yaml.safe_load(open(f)) for f in sys.argv[1:]]";
    assumeTrue(
        Actionlint.run(List.of(python.orElseThrow().toString(), "-c", "import yaml")).isEmpty(),
        "no PyYAML");
    List<String> command = new ArrayList<>(List.of(python.orElseThrow().toString(), "-c", program));
    write(deliveries().getLast()).forEach(file -> command.add(file.toString()));

    assertEquals("", Actionlint.run(command));
  }

  @Test
  void theTemplatesThemselvesAreWorkflows() throws Exception {
    List<Path> templates =
        List.of(
            Path.of("../templates/ci/ci-cd.yml"),
            Path.of("../templates/ci/continuous-deployment.yml"));
    for (Path template : templates) {
      new Load(LoadSettings.builder().build()).loadFromString(Files.readString(template));
      assertEquals(List.of(), WorkflowCheck.check(template));
    }
  }

  @Test
  void onlyTheStepsOfAPlatformLogInToIt() {
    String push = push(deliveries().getLast());

    assertTrue(push.contains("if: env.MLOPS_ENV == 'prod'\n        uses: google-github-actions"));
    assertTrue(
        push.contains("(env.MLOPS_ENV == 'live' || env.MLOPS_ENV == 'stage') && vars.KUBE_SERVER"));
    assertTrue(push.contains("if: env.MLOPS_ENV == 'live'\n        run: ./mlopsw ci login --reg"));
    assertFalse(push(Delivery.onRunner(true)).contains("id-token"));
    assertFalse(push(Delivery.onRunner(true)).contains("login"));
  }

  @Test
  void eachBranchGoesToItsEnvironment() throws IOException {
    Delivery delivery =
        of(
            """
            apiVersion: mlops/v1
            name: iris
            model: {kind: tribuo, data: a.csv, target: y}
            ci: {branches: [main, dev, stage, other]}
            environments:
              dev: {platform: local}
              stage: {platform: local}
              prod: {platform: gcp, gcp: {project: p-123456}}
            """);

    assertEquals(
        List.of("prod", "dev", "stage", "dev"),
        delivery.routes().stream().map(route -> route.place().environment()).toList());
    assertEquals("dev", delivery.preview().orElseThrow().environment());
    assertTrue(
        push(delivery)
            .contains(
                "group: deploy-${{ github.ref_name == 'main' && 'prod' || github.ref_name == 'dev'"
                    + " && 'dev' || github.ref_name == 'stage' && 'stage' || 'dev' }}"));
  }

  @Test
  void previewsNeverGoWhereProductionRunsUnasked() throws IOException {
    Delivery delivery =
        of(
            """
            apiVersion: mlops/v1
            name: iris
            model: {kind: image, image: x}
            environments:
              prod: {platform: gcp, gcp: {project: p-123456}}
            """);
    String request = Workflows.of(delivery, PIN).get(Workflows.REQUEST);

    assertEquals(Optional.empty(), delivery.preview());
    assertFalse(request.contains("preview up"));
    assertFalse(request.contains("id-token"));
    assertFalse(request.contains("schedule"));
    assertFalse(request.contains("mlopsw train"));
  }

  @Test
  void requestsNeverNameProduction() {
    String request = Workflows.of(deliveries().getLast(), PIN).get(Workflows.REQUEST);

    assertFalse(request.contains("prod"), request);
    assertFalse(request.contains("secrets."), request);
    assertFalse(request.contains("pull_request_target"), request);
  }

  private Delivery of(String config) throws IOException {
    Files.writeString(folder.resolve("mlops.yaml"), config);
    return Delivery.of(ConfigSource.of(folder));
  }

  private static String push(Delivery delivery) {
    return Workflows.of(delivery, PIN).get(Workflows.PUSH);
  }

  private List<Path> write(Delivery delivery) throws IOException {
    List<Path> written = new ArrayList<>();
    for (var file : Workflows.of(delivery, PIN).entrySet()) {
      if (file.getKey().endsWith(".yml")) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        written.add(Files.writeString(path, StampedFile.stamped(file.getValue())));
      }
    }
    return written;
  }
}
