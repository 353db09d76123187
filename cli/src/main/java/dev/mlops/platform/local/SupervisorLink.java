package dev.mlops.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.LeftRunning;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The command line's end of the line to the supervisor. */
final class SupervisorLink {
  /** Rollouts and drains have their own bounds, which the supervisor keeps. */
  private static final Duration FOR_EVER = Duration.ZERO;

  private static final Duration STATUS_LONGEST = Duration.ofSeconds(3);
  private static final Duration DRAIN_LONGEST = Duration.ofSeconds(60);
  private static final Duration END_LONGEST = Duration.ofSeconds(10);

  private final LocalFolder folder;

  SupervisorLink(LocalFolder folder) {
    this.folder = folder;
  }

  /** Absent where none runs. */
  Optional<SupervisorId> find() {
    return SupervisorId.read(folder)
        .filter(id -> id.process().isPresent())
        .filter(id -> id.serves(folder));
  }

  /** Finds it, or starts it; one that hangs or whose folder has gone elsewhere is replaced. */
  SupervisorId ensure() throws InterruptedException {
    Optional<SupervisorId> found = find();
    if (found.isPresent()) {
      if (!found.get().hasMoved() && status(found.get()).isPresent()) {
        return found.get();
      }
      end(found.get());
    }
    return new SupervisorStart(folder).run();
  }

  private void end(SupervisorId id) throws InterruptedException {
    Optional<ProcessHandle> process = id.process();
    if (process.isPresent() && id.hasMoved()) {
      process.get().destroy();
      Processes.awaitEnd(process.get(), DRAIN_LONGEST);
    }
    id.process().ifPresent(ProcessHandle::destroyForcibly);
    Processes.endAll(folder, END_LONGEST);
  }

  /** Absent where it does not answer in time. */
  Optional<Status> status(SupervisorId id) {
    try {
      return Optional.of(call(id, request(id, "status"), STATUS_LONGEST, _ -> {}));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (MlopsException e) {
      return Optional.empty();
    }
  }

  Status apply(SupervisorId id, LocalOrder order, Consumer<String> progress)
      throws InterruptedException {
    ObjectNode request = request(id, "apply");
    request.set("order", order.toJson());
    return call(id, request, FOR_EVER, progress);
  }

  Status resume(SupervisorId id, Consumer<String> progress) throws InterruptedException {
    return call(id, request(id, "resume"), FOR_EVER, progress);
  }

  Status pause(SupervisorId id, Consumer<String> progress) throws InterruptedException {
    return call(id, request(id, "pause"), FOR_EVER, progress);
  }

  private static ObjectNode request(SupervisorId id, String verb) {
    return Json.MAPPER.createObjectNode().put("token", id.token()).put("verb", verb);
  }

  private Status call(
      SupervisorId id, ObjectNode request, Duration longest, Consumer<String> progress)
      throws InterruptedException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), id.port());
    try (var channel = SocketChannel.open(address);
        var lines = new BufferedReader(reader(channel, longest))) {
      ByteBuffer line = ByteBuffer.wrap((request + "\n").getBytes(UTF_8));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      return answer(lines, progress);
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      throw new LeftRunning(
          "The supervisor goes on with it in the background; `mlops status` shows how far it is.");
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** A channel's own read can be interrupted, but has no timeout; its socket's has one. */
  private static Reader reader(SocketChannel channel, Duration longest) throws IOException {
    if (longest.equals(FOR_EVER)) {
      return Channels.newReader(channel, UTF_8);
    }
    channel.socket().setSoTimeout((int) longest.toMillis());
    return new InputStreamReader(channel.socket().getInputStream(), UTF_8);
  }

  private static Status answer(BufferedReader lines, Consumer<String> progress) throws IOException {
    String line;
    while ((line = lines.readLine()) != null) {
      JsonNode answer = Json.MAPPER.readTree(line);
      if (answer.has("status")) {
        return StatusJson.status(answer.get("status"));
      }
      if (answer.has("problem")) {
        throw Json.problem(answer.get("problem"));
      }
      progress.accept(answer.path("progress").asText());
    }
    throw new IOException("it ended in the middle of a command");
  }

  private RuntimeException lost(IOException e) {
    String tail = SupervisorStart.tail(folder);
    return Code.LOCAL_SUPERVISOR_LOST.problem(
        "Lost the supervisor: " + e.getMessage(),
        "It runs the replicas; what it had saved is unchanged.",
        "mlops up",
        tail.isEmpty() ? e : new IOException(tail, e));
  }
}
