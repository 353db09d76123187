package dev.mlops.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.Golden;
import dev.mlops.cost.Estimate;
import dev.mlops.cost.GcpEstimate;
import dev.mlops.cost.GcpFootprint;
import dev.mlops.doctor.Examination;
import dev.mlops.doctor.Examination.Verdict;
import dev.mlops.image.BuiltImage;
import dev.mlops.lifecycle.Receipt;
import dev.mlops.lifecycle.SampleLoad;
import dev.mlops.loadtest.Gate;
import dev.mlops.loadtest.LoadResult;
import dev.mlops.plan.Outcome;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.Digest;
import dev.mlops.platform.Event;
import dev.mlops.platform.Meters;
import dev.mlops.platform.Ownership.Looked;
import dev.mlops.platform.Ownership.Owned;
import dev.mlops.platform.Provisioning.ByHand;
import dev.mlops.platform.Release;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import dev.mlops.scaffold.ProjectDraft;
import dev.mlops.training.Artifact;
import dev.mlops.usage.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What each command answers: as text, as recorded, and with the keys of docs/reference/json.md. */
final class ViewsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/console");
  private static final Digest IMAGE = Digest.of("image");
  private static final Digest MODEL = Digest.of("model");

  private static final String[] STEPS = {
    "/steps/0/id",
    "/steps/0/title",
    "/steps/0/outcome",
    "/steps/0/detail",
    "/steps/0/millis",
    "/changed"
  };
  private static final String[] RUNNING = {
    "/state",
    "/endpoint",
    "/release",
    "/image",
    "/since",
    "/replicas/desired",
    "/replicas/ready",
    "/replicas/endpoints/0",
    "/replicas/all/0/name",
    "/replicas/all/0/state",
    "/replicas/all/0/restarts",
    "/replicas/all/0/endpoint",
    "/replicas/all/0/pid",
    "/replicas/all/0/since",
    "/replicas/all/1/lastEnd/how",
    "/replicas/all/1/lastEnd/at",
    "/autoscaling/min",
    "/autoscaling/max",
    "/autoscaling/targetCpuPercent",
    "/autoscaling/currentCpuPercent",
    "/notes/0"
  };

  private static Status running() {
    Instant since = Instant.now().minus(Duration.ofMinutes(192).plusSeconds(5));
    Status.Replica ready =
        new Status.Replica(
            "iris-1",
            "ready",
            0,
            Optional.of(URI.create("http://127.0.0.1:40001")),
            Optional.of(4242L),
            Optional.of(since),
            Optional.empty());
    Status.Replica late =
        new Status.Replica(
            "iris-2",
            "back-off",
            3,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Status.End("exit code 1", Optional.of(since))));
    return new Status(
        Status.State.DEGRADED,
        Optional.of(URI.create("http://127.0.0.1:8080")),
        Optional.of(new Release(IMAGE.brief(), IMAGE, Map.of())),
        new Status.Replicas(2, 1, List.of(ready, late)),
        Optional.of(
            new Status.Autoscaling(
                2,
                5,
                Optional.of(60),
                Optional.of(12),
                Optional.of(new Status.RequestRate(50, Optional.of(12.5))))),
        Optional.of(since),
        List.of("iris-2 ended with exit code 1."));
  }

  private static RunReport report(Outcome... outcomes) {
    return new RunReport(
        Stream.of(outcomes)
            .map(outcome -> new RunReport.Entry("write-mlops-yaml", "Write", outcome, 12))
            .toList());
  }

  private static RunView run(Optional<Status> status) {
    RunReport report = report(new Outcome.Changed("done"), new Outcome.Unchanged(""));
    return new RunView("dev", "local", "iris", report, status, List.of("mlops status"));
  }

  private static Artifact model() {
    ObjectNode card = JsonNodeFactory.instance.objectNode().put("name", "iris");
    card.putObject("crossValidation")
        .put("folds", 5)
        .putObject("metrics")
        .putObject("accuracy")
        .put("mean", 0.95333);
    return model(card);
  }

  private static Artifact model(ObjectNode card) {
    return new Artifact(
        Path.of("/iris/artifacts/model"),
        MODEL,
        new TreeMap<>(Map.of("accuracy", 0.96666, "f1", 0.9665)),
        card);
  }

  private static BuiltImage image() {
    return new BuiltImage(
        IMAGE,
        41_500_000,
        List.of(
            new BuiltImage.Layer("base", Digest.of("base"), 40_000_000),
            new BuiltImage.Layer("model", MODEL, 1_500_000)),
        "this machine's own C library",
        Optional.of(Duration.ofMillis(321)));
  }

  private static LoadResult load(boolean valid) {
    return SampleLoad.result(
        valid,
        List.of(
            new Gate.Outcome(
                Gate.parse("p95<200ms"), OptionalDouble.of(5.5), Gate.Judgement.PASSED),
            new Gate.Outcome(
                Gate.parse("rps>5000"), OptionalDouble.of(1_197.6), Gate.Judgement.MISSED),
            new Gate.Outcome(Gate.parse("p99<1s"), OptionalDouble.empty(), Gate.Judgement.MISSED)));
  }

  private static void check(String name, View view, String... keys) throws IOException {
    Golden.check(GOLDEN.resolve(name + ".txt"), text(view));
    JsonNode json = view.json();
    assertAll(
        Stream.of(keys)
            .map(key -> () -> assertFalse(json.at(key).isMissingNode(), key + " in " + json)));
  }

  private static String text(View view) {
    var bytes = new ByteArrayOutputStream();
    view.text(new Text(new PrintStream(bytes, true, UTF_8), new Style(false, false)));
    return bytes.toString(UTF_8);
  }

  @Test
  void status() throws IOException {
    StatusView view =
        new StatusView(
            "dev",
            "local",
            "/iris",
            "iris",
            running(),
            List.of(
                new Meters.Reading(
                    running().replicas().all().getFirst().name(),
                    new Meters.Gauge(Optional.of(0.12), Optional.of(0.5)),
                    new Meters.Gauge(Optional.of(83886080.0), Optional.empty()))),
            List.of(
                new Event(
                    Instant.now().minus(Duration.ofMinutes(192).plusSeconds(5)),
                    "Pod iris-2",
                    "BackOff",
                    "Back-off restarting failed container",
                    7)),
            Optional.empty(),
            Optional.of(guidesCluster()),
            List.of("mlops logs"));
    check("status", view, RUNNING);
    check("status", view, "/environment", "/platform", "/cost/monthly", "/replicas/all/0/cpuCores");
    check(
        "status",
        view,
        "/events/0/at",
        "/events/0/subject",
        "/events/0/reason",
        "/events/0/message",
        "/events/0/count");
    assertEquals("iris@" + IMAGE, view.json().path("image").asText());
    assertEquals("http://127.0.0.1:8080", view.essential());
  }

  @Test
  void statusOfNothing() throws IOException {
    StatusView view =
        new StatusView(
            "dev",
            "local",
            "/iris",
            "iris",
            Status.NOTHING,
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.of(guidesCluster()),
            List.of("mlops up"));
    check("status-absent", view, "/state", "/endpoint", "/release", "/image", "/replicas/all");
    assertTrue(view.json().path("endpoint").isNull());
    assertTrue(view.json().path("autoscaling").isMissingNode());
    assertEquals("absent", view.essential());
  }

  private static Estimate guidesCluster() {
    var machine = new GcpFootprint.Machine("e2-medium", 100, "pd-balanced");
    return GcpEstimate.of(
        new GcpFootprint("us-central1", new GcpFootprint.Standard(false, 6, 9, machine), 1, 0));
  }

  @Test
  void cost() throws IOException {
    CostView view =
        new CostView("prod", "gcp", guidesCluster(), Optional.of(new BigDecimal("120")));
    check(
        "cost",
        view,
        "/environment",
        "/platform",
        "/currency",
        "/region",
        "/priceDate",
        "/hourly",
        "/monthly",
        "/pausedMonthly",
        "/complete",
        "/items/0/name",
        "/items/0/detail",
        "/items/0/hourly",
        "/items/0/monthly",
        "/items/0/keptByPause",
        "/items/0/priceDate",
        "/notes/0",
        "/perThousandPredictions");
    assertEquals("319.91", view.essential());
    assertEquals("319.91", view.json().path("monthly").asText());
  }

  @Test
  void costOfNothing() throws IOException {
    CostView view =
        new CostView("dev", "local", Estimate.nothing("Nothing is billed."), Optional.empty());
    check("cost-nothing", view, "/hourly", "/monthly", "/items");
    assertEquals("0.00", view.essential());
  }

  @Test
  void plan() throws IOException {
    PlanView view = new PlanView(run(Optional.empty()), guidesCluster(), Map.of());
    check("plan", view, STEPS);
    check("plan", view, "/cost/monthly", "/cost/priceDate");
  }

  @Test
  void top() throws IOException {
    var requests = new Usage.Requests(1234.5, 0.25, Optional.of(1.5));
    var memory = new Meters.Gauge(Optional.of(78446592.0), Optional.of(268435456.0));
    List<Usage.Line> lines =
        List.of(
            new Usage.Line(
                running().replicas().all().getFirst(),
                new Meters.Gauge(Optional.of(0.023), Optional.of(0.5)),
                memory,
                Optional.of(requests)),
            new Usage.Line(
                running().replicas().all().getLast(),
                Meters.Gauge.NONE,
                new Meters.Gauge(memory.used(), Optional.empty()),
                Optional.empty()));
    TopView view = new TopView("dev", "local", new Usage(2.0, lines, Optional.of(requests)));
    check(
        "top",
        view,
        "/environment",
        "/platform",
        "/seconds",
        "/replicas/0/name",
        "/replicas/0/state",
        "/replicas/0/cpuCores",
        "/replicas/0/cpuLimitCores",
        "/replicas/0/memoryBytes",
        "/replicas/0/memoryLimitBytes",
        "/replicas/0/requestsPerSecond",
        "/replicas/0/errorsPerSecond",
        "/replicas/0/p95Millis",
        "/total/requestsPerSecond");
    assertEquals("1234.5", view.essential());
  }

  @Test
  void planWithWhatAPersonWouldType() throws IOException {
    ByHand hand =
        new ByHand(
            List.of("gcloud container clusters create iris"),
            Optional.of(URI.create("https://console.example.com/clusters")));
    PlanView view =
        new PlanView(
            run(Optional.empty()),
            Estimate.nothing("Nothing is billed."),
            Map.of("write-mlops-yaml", hand));
    check("plan-explain", view, "/steps/0/byHand/0", "/steps/0/page");
  }

  @Test
  void runs() throws IOException {
    check("run", run(Optional.of(running())), STEPS);
    check("run", run(Optional.of(running())), RUNNING);
    assertEquals("http://127.0.0.1:8080", run(Optional.of(running())).essential());
    assertEquals("1", run(Optional.empty()).essential());
  }

  @Test
  void everyOutcomeHasItsPromisedWord() {
    RunReport all =
        report(
            new Outcome.Unchanged(""),
            new Outcome.Planned(""),
            new Outcome.Changed(""),
            new Outcome.Skipped(""),
            new Outcome.Failed("", new IOException()));
    JsonNode json = new RunView("dev", "local", "iris", all, Optional.empty(), List.of()).json();

    assertEquals(
        List.of("unchanged", "planned", "changed", "skipped", "failed"),
        json.findValuesAsText("outcome"));
    assertEquals(2, json.path("changed").asInt(), "planned and changed");
  }

  @Test
  void doctor() throws IOException {
    var broken =
        Code.CLUSTER_DNS.problem("Names can't be resolved", "A pod asked.", "kubectl get pods");
    var view =
        new DoctorView(
            List.of(
                new Examination("config", "Config", new Verdict.Fine("environment dev")),
                new Examination(
                    "model", "Model", new Verdict.Warning("Not trained", "mlops train")),
                new Examination("quota", "Quota", new Verdict.Skipped("there is none")),
                new Examination("dns", "DNS", new Verdict.Broken(broken)),
                new Examination("workload", "Workload", new Verdict.Skipped("after DNS")),
                new Examination("probes", "Probes", new Verdict.Skipped("after DNS"))));
    check("doctor", view, "/checks/0/id", "/checks/0/title", "/checks/0/why", "/checks/0/next");
    assertEquals(
        List.of("ok", "warning", "skipped", "failed", "skipped", "skipped"),
        view.json().findValuesAsText("result"));
    assertEquals("MLOPS-CLUSTER-003", view.json().at("/checks/3/code").asText());
    assertEquals("Names can't be resolved\nA pod asked.", view.json().at("/checks/3/why").asText());
    assertEquals("dns", view.essential());
  }

  @Test
  void train() throws IOException {
    TrainView view = new TrainView(model(), List.of("mlops up"));
    check("train", view, "/artifact", "/digest", "/metrics/accuracy", "/gate/passed", "/card/name");
    assertEquals(MODEL.value(), view.essential());
  }

  @Test
  void build() throws IOException {
    BuildView view = new BuildView("iris@" + IMAGE, image(), List.of("mlops deploy"));
    check(
        "build",
        view,
        "/image",
        "/digest",
        "/sizeBytes",
        "/base",
        "/layers/0/name",
        "/layers/0/digest",
        "/layers/0/sizeBytes");
    assertEquals(IMAGE.value(), view.essential());
  }

  private static Receipt receipt(List<Looked> before, List<Looked> after, String basis) {
    Instant at = Instant.parse("2026-11-23T12:00:00Z");
    return new Receipt("dev", "/iris", at, before, after, basis);
  }

  @Test
  void destroy() throws IOException {
    Looked processes =
        new Looked(
            "process", List.of(new Owned("process", "iris-1", "pid 4242")), List.of(), Looked.FREE);
    Looked folders =
        new Looked("folder", List.of(new Owned("folder", ".mlops", "")), List.of(), Looked.FREE);
    Owned kept = new Owned("Namespace", "iris", "holds what mlops did not make: Pod other");
    Looked namespaces = new Looked("Namespace", List.of(), List.of(kept), Looked.FREE);
    DestroyView view =
        new DestroyView(
            run(Optional.empty()),
            receipt(List.of(processes, folders, namespaces), List.of(namespaces), ""),
            Optional.empty());
    check("destroy", view, STEPS);
    check("destroy", view, "/removed/0/kind", "/removed/0/name", "/removed/0/detail", "/left");
    check(
        "destroy-nothing",
        new DestroyView(run(Optional.empty()), receipt(List.of(), List.of(), ""), Optional.empty()),
        "/removed");
  }

  @Test
  void destroyOfWhatBills() throws IOException {
    Owned cluster = new Owned("cluster", "mlops-standard", "standard in us-central1");
    Owned images = new Owned("repository", "mlops-images", "3 images, was not made by mlops");
    Optional<BigDecimal> fee = Optional.of(new BigDecimal("73.00"));
    Optional<BigDecimal> storage = Optional.of(new BigDecimal("0.12"));
    List<Looked> before =
        List.of(
            new Looked("cluster", List.of(cluster), List.of(), fee),
            Looked.nothing("disk"),
            new Looked("repository", List.of(), List.of(images), storage));
    List<Looked> after =
        List.of(
            Looked.nothing("cluster"),
            Looked.nothing("disk"),
            new Looked("repository", List.of(), List.of(images), storage));
    DestroyView view =
        new DestroyView(
            run(Optional.empty()),
            receipt(before, after, "USD, list price of 2024-07-01 in us-central1"),
            Optional.of(Path.of("/iris/reports/destroy.json")));
    check(
        "destroy-receipt",
        view,
        "/receipt/at",
        "/receipt/target",
        "/receipt/priceBasis",
        "/receipt/monthly",
        "/receipt/lookedFor/0/kind",
        "/receipt/lookedFor/0/found/0/name",
        "/receipt/lookedFor/0/left",
        "/receipt/lookedFor/2/kept/0/detail",
        "/receipt/lookedFor/2/monthly",
        "/receiptFile",
        "/left");
    assertEquals("0.12", view.json().at("/receipt/monthly").asText());
  }

  @Test
  void destroyOfWhatHasNoPriceHere() throws IOException {
    Owned images = new Owned("repository", "mlops-images", "3 images, was not made by mlops");
    List<Looked> looked =
        List.of(
            Looked.nothing("disk"),
            new Looked("repository", List.of(), List.of(images), Optional.empty()));
    DestroyView view =
        new DestroyView(
            run(Optional.empty()),
            receipt(looked, looked, "no list price is known in europe-west1"),
            Optional.empty());
    check("destroy-unpriced", view, "/receipt/monthly", "/receipt/lookedFor/1/monthly");
    assertTrue(view.json().at("/receipt/monthly").isNull());
    assertTrue(view.json().at("/receipt/lookedFor/1/monthly").isNull());
    assertEquals(0, view.json().at("/receipt/lookedFor/0/monthly").asInt(-1));
  }

  @Test
  void destroyOfWhatMayNotBeSeen() throws IOException {
    List<Looked> looked =
        List.of(
            Looked.nothing("cluster"),
            Looked.unseen("disk", "Required 'compute.disks.list' permission"));
    DestroyView view =
        new DestroyView(
            run(Optional.empty()),
            receipt(looked, looked, "USD, list price of 2024-07-01 in us-central1"),
            Optional.empty());
    check("destroy-unseen", view, "/receipt/complete", "/receipt/lookedFor/1/notLookedAt");
    assertFalse(view.json().at("/receipt/complete").asBoolean());
  }

  @Test
  void manifests() throws IOException {
    ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    object.putObject("metadata").put("name", "settings");
    object.putObject("data").put("count", "1").put("on", "true").put("plain", "text");
    ManifestsView view = new ManifestsView("dev", "kubernetes", List.of(object, object));
    check("manifests", view, "/environment", "/platform", "/objects/0/kind");
  }

  @Test
  void init() throws IOException {
    var text = new ProjectDraft.Content.Text("");
    ProjectDraft draft =
        new ProjectDraft(
            Path.of("/iris"),
            Map.of("k8s/pdb.yaml", text, "mlops.yaml", text),
            List.of(new ProjectDraft.Fact("target", "species", "--target")));
    var written =
        new RunReport(
            List.of(
                new RunReport.Entry(
                    "write-k8s-pdb-yaml", "Write k8s/pdb.yaml", new Outcome.Changed(""), 1),
                new RunReport.Entry(
                    "write-mlops-yaml", "Write mlops.yaml", new Outcome.Unchanged(""), 1)));
    InitView view = new InitView(draft, written, List.of("mlops plan", "mlops up"));
    assertEquals("[\"k8s/pdb.yaml\"]", view.json().path("written").toString());
    check("init", view, STEPS);
    check("init", view, "/folder", "/written/0", "/facts/0/name", "/facts/0/source");
    InitView again = new InitView(draft, report(new Outcome.Unchanged("")), List.of());
    check("init-again", again, "/facts/0/value");
    assertEquals(0, again.json().path("written").size());
  }

  @Test
  void loadTest() throws IOException {
    LoadView view = new LoadView(load(true), List.of());
    check(
        "loadtest",
        view,
        "/requests",
        "/errors",
        "/seconds",
        "/throughput",
        "/latencyMillis/p50",
        "/latencyMillis/p90",
        "/latencyMillis/p95",
        "/latencyMillis/p99",
        "/latencyMillis/p999",
        "/latencyMillis/max",
        "/serviceMillis/p50",
        "/valid",
        "/invalidBecause",
        "/gates/0/expression",
        "/gates/0/value",
        "/gates/0/passed",
        "/report");
    assertTrue(view.json().at("/gates/2/value").isNull());
    check("loadtest-invalid", new LoadView(load(false), List.of()), "/invalidBecause/0");
  }

  @Test
  void demo() throws IOException {
    Status now = running();
    DemoView view =
        new DemoView(Path.of("/iris"), model(), image(), run(Optional.of(now)), load(false));
    check("demo", view, RUNNING);
    check(
        "demo",
        view,
        "/folder",
        "/model/metrics/accuracy",
        "/build/layers/0/digest",
        "/loadtest/throughput",
        "/steps/0/id");
  }

  @Test
  void aModelWithoutFoldsHasNoMeanOverThem() {
    Artifact plain = model(JsonNodeFactory.instance.objectNode());
    DemoView view =
        new DemoView(Path.of("/iris"), plain, image(), run(Optional.empty()), load(true));
    assertTrue(text(view).contains("96.7 % of the test rows\n"), text(view));
  }

  @Test
  void explain() throws IOException {
    check(
        "explain",
        new ExplainView(Code.LOCAL_PORT_TAKEN),
        "/code",
        "/title",
        "/explanation",
        "/exitCode");
  }
}
