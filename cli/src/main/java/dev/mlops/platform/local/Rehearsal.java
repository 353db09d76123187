package dev.mlops.platform.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.platform.Digest;
import dev.mlops.platform.Release;
import dev.mlops.platform.Status;
import dev.mlops.platform.Status.Autoscaling;
import dev.mlops.platform.Status.Replica;
import dev.mlops.platform.Status.Replicas;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Stands in for the supervisor of an environment in which nothing runs. The build trains the tool's
 * AOT cache with it: `mlops status` is to be ready at once where something runs, not only where
 * nothing does.
 */
public final class Rehearsal implements AutoCloseable {
  private static final String TOKEN = "rehearsal";

  private final ControlServer control;

  private Rehearsal(ControlServer control) {
    this.control = control;
  }

  /** Answers until it is closed; the environment's folder is the caller's to remove. */
  public static Rehearsal begin(LocalSettings settings) throws IOException {
    var control = new ControlServer(TOKEN, Rehearsal::answer);
    control.start();
    ProcessHandle self = ProcessHandle.current();
    String home = settings.folder().root().toString();
    new SupervisorId(home, self.pid(), Processes.startOf(self), control.port(), TOKEN)
        .write(settings.folder());
    return new Rehearsal(control);
  }

  @Override
  public void close() throws IOException {
    control.close();
  }

  private static Status answer(JsonNode request, Consumer<String> progress) {
    Instant now = Instant.now();
    var endpoint = Optional.of(URI.create("http://127.0.0.1:8080"));
    var digest = new Digest("sha256:" + "0".repeat(64));
    var replica =
        new Replica(
            "rehearsal-1",
            "ready",
            0,
            endpoint,
            Optional.of(1L),
            Optional.of(now),
            Optional.empty());
    return new Status(
        Status.State.RUNNING,
        endpoint,
        Optional.of(new Release(digest.brief(), digest, Map.of("model", "none"))),
        new Replicas(1, 1, List.of(replica)),
        Optional.of(new Autoscaling(1, 2, Optional.of(60), Optional.of(1), Optional.empty())),
        Optional.of(now),
        List.of("This is a rehearsal."));
  }
}
