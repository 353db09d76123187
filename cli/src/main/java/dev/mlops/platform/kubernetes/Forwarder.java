package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Forwards;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.client.PortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Leads each connection to a pod that serves at that moment, through the API server: one that is
 * replaced costs its own connections, and the next ones go to its successor.
 */
final class Forwarder implements Forwards.Forward {
  private static final long LOOK_MILLIS = 200;

  /** For an answer that is still on its way when the client has said all. */
  private static final Duration LAST_ANSWER = Duration.ofSeconds(1);

  private final ServerSocketChannel server;
  private final ServingPods pods;
  private final Consumer<String> story;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  private Forwarder(ServerSocketChannel server, ServingPods pods, Consumer<String> story) {
    this.server = server;
    this.pods = pods;
    this.story = story;
  }

  static Forwarder start(ServerSocketChannel server, ServingPods pods, Consumer<String> story) {
    var forwarder = new Forwarder(server, pods, story);
    Thread.ofVirtual().name("forward").start(forwarder::accept);
    return forwarder;
  }

  @Override
  public URI address() {
    try {
      int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
      return URI.create("http://127.0.0.1:" + port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    close(server);
    open.forEach(Forwarder::close);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> lead(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void lead(SocketChannel client) {
    try (client) {
      Optional<ServingPods.Place> place = pods.next();
      if (place.isPresent()) {
        lead(client, place.get());
      } else {
        story.accept("no replica is ready");
      }
    } catch (IOException | MlopsException e) {
      story.accept(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private void lead(SocketChannel client, ServingPods.Place place)
      throws IOException, InterruptedException {
    var request = new Request(client, new CountDownLatch(1));
    try (PortForward forward = pods.connect(place, request, client)) {
      while (forward.isAlive() && !request.ended().await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        // Bytes go both ways meanwhile.
      }
      long deadline = System.nanoTime() + LAST_ANSWER.toNanos();
      while (forward.isAlive() && client.isOpen() && System.nanoTime() < deadline) {
        Thread.sleep(LOOK_MILLIS);
      }
      forward.getServerThrowables().stream()
          .findFirst()
          .ifPresent(e -> story.accept("pod " + place.pod() + ": " + e.getMessage()));
    }
  }

  private static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nobody waits for anything from it any more.
    }
  }

  /** What the client sends; tells when that is all. */
  private record Request(SocketChannel from, CountDownLatch ended) implements ReadableByteChannel {
    @Override
    public int read(ByteBuffer into) throws IOException {
      int count = from.read(into);
      if (count < 0) {
        ended.countDown();
      }
      return count;
    }

    @Override
    public boolean isOpen() {
      return from.isOpen();
    }

    @Override
    public void close() throws IOException {
      from.close();
    }
  }
}
