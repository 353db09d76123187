package dev.mlops.platform;

import dev.mlops.image.OciLayout;
import dev.mlops.manifest.Changes;
import dev.mlops.manifest.WorkloadSpec;
import dev.mlops.problem.Code;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A platform in memory, held to the same contracts as the real ones. Its replicas are ready at
 * once; a container with a variable {@code CRASH} never comes up.
 */
public final class FakePlatform {
  private static final long FIRST_PID = 1000;

  private record Placed(Desired desired, int replicas, boolean paused) {}

  private final String imageName;
  private final URI endpoint;
  private boolean hidden;
  private final Set<Digest> images = new HashSet<>();
  private final Map<Digest, Path> layouts = new HashMap<>();
  private final List<Logs.Line> lines = new ArrayList<>();
  private final Set<String> failing = new HashSet<>();
  private final List<String> calls = new ArrayList<>();
  private final List<Desired> deployed = new ArrayList<>();
  private Optional<Placed> placed = Optional.empty();

  /**
   * @param imageName which container of the manifests is the service
   */
  public FakePlatform(String imageName) {
    this(imageName, URI.create("http://fake.invalid"));
  }

  /**
   * @param endpoint where the service is said to answer
   */
  public FakePlatform(String imageName, URI endpoint) {
    this.imageName = imageName;
    this.endpoint = endpoint;
  }

  /**
   * The next such call fails, once, before it has changed anything: {@code publish}, {@code apply},
   * {@code pause}, {@code resume}, {@code remove}, {@code status}, {@code compare} or {@code
   * check}.
   */
  public synchronized FakePlatform failOn(String call) {
    failing.add(call);
    return this;
  }

  /** The service has no address any more, and is reached by a forwarded port alone. */
  public synchronized void hideAddress() {
    hidden = true;
  }

  /** Whether a failure that was asked for has not come to pass yet. */
  public synchronized boolean isStillToFail() {
    return !failing.isEmpty();
  }

  /** The calls that change something, in order. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  public Platform platform() {
    return new Platform(
        "fake",
        "memory",
        new FakeImages(),
        new FakeWorkloads(),
        new FakeSwitch(),
        new FakeOwnership(),
        new FakeLogs(),
        new FakeChecks(),
        new FakeJobs(images),
        new FakeReleases(),
        new FakeForwards(),
        this::meters);
  }

  private synchronized List<Meters.Reading> meters() {
    var half = new Meters.Gauge(Optional.of(0.5), Optional.of(1.0));
    return now().replicas().all().stream()
        .map(replica -> new Meters.Reading(replica.name(), half, half))
        .toList();
  }

  private void enter(String call) {
    if (failing.remove(call)) {
      throw Code.INTERNAL.problem("The fake was told to fail " + call, "", "Run it again.");
    }
  }

  private void change(String call) {
    enter(call);
    calls.add(call);
  }

  private WorkloadSpec spec(Desired desired) {
    return WorkloadSpec.from(desired.manifests(), imageName, desired.release().image().value());
  }

  private Status now() {
    return placed.map(this::status).orElse(Status.NOTHING);
  }

  private Status status(Placed now) {
    List<Status.Replica> all =
        IntStream.range(0, now.paused() ? 0 : now.replicas()).mapToObj(this::replica).toList();
    return new Status(
        now.paused() ? Status.State.PAUSED : Status.State.RUNNING,
        now.paused() || hidden ? Optional.empty() : Optional.of(endpoint),
        Optional.of(now.desired().release()),
        new Status.Replicas(now.replicas(), all.size(), all),
        spec(now.desired())
            .scale()
            .autoscaling()
            .map(a ->
                new Status.Autoscaling(
                    a.min(),
                    a.max(),
                    a.goals().cpuPercent().stream().boxed().findFirst(),
                    Optional.empty(),
                    Optional.empty())),
        Optional.of(Instant.EPOCH),
        List.of());
  }

  private Status.Replica replica(int number) {
    return new Status.Replica(
        "replica-" + number,
        "ready",
        0,
        Optional.of(URI.create("http://replica-" + number + ".invalid")),
        Optional.of(FIRST_PID + number),
        Optional.of(Instant.EPOCH),
        Optional.empty());
  }

  private void place(Placed next) {
    int before = now().replicas().all().size();
    placed = Optional.of(next);
    int after = now().replicas().all().size();
    for (int i = before; i < after; i++) {
      lines.add(new Logs.Line(replica(i).name(), "starting with hello"));
      lines.add(new Logs.Line(replica(i).name(), "listening"));
    }
  }

  private final class FakeImages implements Images {
    @Override
    public boolean has(Digest image) {
      synchronized (FakePlatform.this) {
        return images.contains(image);
      }
    }

    @Override
    public void publish(Path layout, Digest image, Consumer<String> progress) {
      synchronized (FakePlatform.this) {
        change("publish");
        if (!OciLayout.open(layout).digest().equals(image)) {
          throw Code.LOCAL_IMAGE.problem("The layout holds another image", "", "mlops build");
        }
        images.add(image);
        layouts.put(image, layout);
      }
    }

    @Override
    public void fetch(Digest image, Path layout, Consumer<String> progress) {
      synchronized (FakePlatform.this) {
        enter("fetch");
        layout(image).copyTo(layout);
      }
    }

    @Override
    public Optional<byte[]> file(Digest image, String path) {
      synchronized (FakePlatform.this) {
        enter("file");
        return layout(image).file(path);
      }
    }

    private OciLayout layout(Digest image) {
      if (!layouts.containsKey(image)) {
        throw Code.LOCAL_IMAGE.problem("There is no such image", "", "mlops up");
      }
      return OciLayout.open(layouts.get(image));
    }
  }

  private final class FakeWorkloads implements Workloads {
    @Override
    public Status status() {
      synchronized (FakePlatform.this) {
        enter("status");
        return now();
      }
    }

    @Override
    public List<String> compare(Desired desired) {
      synchronized (FakePlatform.this) {
        enter("compare");
        return placed.map(p -> differences(p.desired(), desired)).orElse(List.of("nothing runs"));
      }
    }

    private static List<String> differences(Desired before, Desired after) {
      List<String> lines = new ArrayList<>(Changes.between(before.manifests(), after.manifests()));
      if (!before.release().equals(after.release())) {
        lines.add("release " + before.release().name() + " → " + after.release().name());
      }
      return lines;
    }

    @Override
    public Status apply(Desired desired, ApplyOptions options, Consumer<String> progress) {
      synchronized (FakePlatform.this) {
        change("apply");
        WorkloadSpec spec = spec(desired);
        if (!images.contains(desired.release().image())) {
          throw Code.LOCAL_IMAGE.problem("The image is not on this platform", "", "mlops up");
        }
        if (spec.container().env().containsKey("CRASH")) {
          throw Code.LOCAL_ROLLOUT_FAILED.problem("The release did not come up", "", "mlops logs");
        }
        int replicas =
            placed.map(p -> spec.scale().clamp(p.replicas())).orElse(spec.scale().initial());
        if (deployed.isEmpty() || !deployed.getLast().equals(desired)) {
          deployed.add(desired);
        }
        place(new Placed(desired, replicas, placed.map(Placed::paused).orElse(false)));
        return now();
      }
    }
  }

  private final class FakeReleases implements Releases {
    @Override
    public List<Revision> list() {
      synchronized (FakePlatform.this) {
        return IntStream.range(0, deployed.size())
            .mapToObj(i -> revision(i, deployed.get(i)))
            .toList()
            .reversed();
      }
    }

    private Revision revision(int index, Desired desired) {
      boolean current = index == deployed.size() - 1;
      return new Revision(
          index + 1,
          desired.release(),
          Optional.of(Instant.EPOCH),
          "",
          current ? State.CURRENT : State.GOOD,
          Optional.of(desired));
    }
  }

  private final class FakeForwards implements Forwards {
    private record Itself(URI address) implements Forward {
      @Override
      public void close() {}
    }

    @Override
    public Forward open(int port, Consumer<String> story) {
      synchronized (FakePlatform.this) {
        if (now().replicas().all().isEmpty()) {
          throw Code.ENDPOINT_SILENT.problem("No service runs", "", "mlops status");
        }
        return new Itself(endpoint);
      }
    }
  }

  private final class FakeSwitch implements Switch {
    @Override
    public Status pause(Consumer<String> progress) {
      return turn("pause", true);
    }

    @Override
    public Status resume(Consumer<String> progress) {
      return turn("resume", false);
    }

    private Status turn(String call, boolean paused) {
      synchronized (FakePlatform.this) {
        change(call);
        placed.ifPresent(p -> place(new Placed(p.desired(), p.replicas(), paused)));
        return now();
      }
    }
  }

  private final class FakeOwnership implements Ownership {
    @Override
    public List<Owned> owned() {
      synchronized (FakePlatform.this) {
        List<Owned> owned = new ArrayList<>();
        images.forEach(image -> owned.add(new Owned("image", image.brief(), "")));
        now().replicas().all().forEach(r -> owned.add(new Owned("replica", r.name(), "")));
        return owned;
      }
    }

    @Override
    public void remove(Consumer<String> progress) {
      synchronized (FakePlatform.this) {
        change("remove");
        images.clear();
        placed = Optional.empty();
        deployed.clear();
        lines.clear();
      }
    }
  }

  private final class FakeLogs implements Logs {
    private static final long POLL_MILLIS = 5;

    @Override
    public void read(Query query, Consumer<Line> sink) throws InterruptedException {
      int seen = tail(query, sink);
      while (query.follow()) {
        Thread.sleep(POLL_MILLIS);
        seen = more(query, seen, sink);
      }
    }

    private int tail(Query query, Consumer<Line> sink) {
      synchronized (FakePlatform.this) {
        List<String> names = lines.stream().map(Line::replica).distinct().toList();
        if (query.replica().filter(name -> !names.contains(name)).isPresent()) {
          throw Code.LOCAL_NO_REPLICA.problem("There is no such replica", "", "mlops status");
        }
        for (String name : query.replica().map(List::of).orElse(names)) {
          List<Line> own = lines.stream().filter(line -> line.replica().equals(name)).toList();
          own.stream().skip(Math.max(0, own.size() - query.tail())).forEach(sink);
        }
        return lines.size();
      }
    }

    private int more(Query query, int seen, Consumer<Line> sink) {
      synchronized (FakePlatform.this) {
        lines.stream()
            .skip(seen)
            .filter(line -> query.replica().map(line.replica()::equals).orElse(true))
            .forEach(sink);
        return lines.size();
      }
    }
  }

  private final class FakeChecks implements Checks {
    @Override
    public List<Check> before(Wanted wanted) {
      return List.of(new FakeCheck());
    }

    @Override
    public List<Check> running(Wanted wanted) {
      return List.of();
    }
  }

  private final class FakeCheck implements Check {
    @Override
    public String id() {
      return "memory";
    }

    @Override
    public String title() {
      return "Memory";
    }

    @Override
    public Result look() {
      synchronized (FakePlatform.this) {
        enter("check");
        return new Result.Fine("memory holds");
      }
    }
  }
}
