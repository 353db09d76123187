package dev.mlops.service.http;

import dev.mlops.service.predict.ServedModel;
import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.telemetry.MetricSource;
import dev.mlops.service.telemetry.MetricsPage;
import dev.mlops.service.telemetry.ProcessMetrics;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * The service on its port. It answers from the moment it is bound: that it lives at once, that it
 * is ready once {@link #ready} has given it a model.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is not waited for can be left to its loop
public final class HttpServer {
  private final int loops = Runtime.getRuntime().availableProcessors();
  private final Map<EventExecutor, Worker> workers = new HashMap<>();
  private final Map<EventExecutor, Integer> lanes = new HashMap<>();
  private final List<MetricSource> metrics = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final IoEventLoopGroup group;
  private final Listen listen;
  private final Channel listener;

  /**
   * Binds the port.
   *
   * @param traceRatio share of the requests without a traceparent that are logged
   * @throws IOException if it can't be bound: taken, or not allowed
   */
  public HttpServer(
      Listen listen, String livenessPath, String readinessPath, JsonLog log, double traceRatio)
      throws IOException {
    this.listen = listen;
    Transport transport = Transport.best();
    group = new MultiThreadIoEventLoopGroup(loops, transport.handlers());
    Routes routes = new Routes(livenessPath, readinessPath);
    RequestMetrics requests = new RequestMetrics(routes, loops);
    metrics.addAll(List.of(requests, this::writeConnections, new ProcessMetrics(), log));
    for (EventExecutor loop : group) {
      int lane = lanes.size();
      Worker worker =
          new Worker(
              routes,
              requests.loop(lane),
              new AccessLog(log, routes, traceRatio),
              this::metricsPage,
              Limits.BODIES_BYTES / loops);
      lanes.put(loop, lane);
      workers.put(loop, worker);
      loop.scheduleAtFixedRate(worker::tick, 1, 1, TimeUnit.SECONDS);
    }
    listener = bind(transport);
  }

  /** The port that is listened on. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** How many threads predict, each in a lane of its own. */
  public int threads() {
    return loops;
  }

  /** Serves the model from now on. */
  public void ready(ServedModel model) {
    metrics.add(model);
    onEachLoop((worker, lane) -> worker.ready(model.lane(lane)));
  }

  /**
   * Stops: says that it is not ready, goes on answering for a while, then takes no more
   * connections, and waits for the requests under way.
   *
   * @param delay for which new connections are still taken: whoever sends them here has to notice
   * @param limit the longest that all of it may take
   * @return whether every request was answered
   */
  public boolean drain(Duration delay, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    onEachLoop((worker, _) -> worker.drain());
    Thread.sleep(delay.compareTo(limit) < 0 ? delay : limit);
    listener.close().sync();
    onEachLoop((worker, _) -> worker.closeIdle());
    while (open.get() > 0 && System.nanoTime() - end < 0) {
      Thread.sleep(5);
    }
    boolean answered = open.get() == 0;
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    return answered;
  }

  private Channel bind(Transport transport) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channelFactory(transport.server())
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.ALLOCATOR, allocator())
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel);
                  }
                });
    try {
      return bootstrap.bind(listen.host(), listen.port()).syncUninterruptibly().channel();
    } catch (Exception e) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw e instanceof IOException cause ? cause : new IOException(e.getMessage(), e);
    }
  }

  private void accept(Channel channel) {
    int others = open.getAndIncrement();
    channel.closeFuture().addListener(_ -> open.decrementAndGet());
    if (others >= listen.connections() + Limits.SPARE_CONNECTIONS) {
      channel.close();
      return;
    }
    EventLoop loop = channel.eventLoop();
    Connection connection =
        new Connection(workers.get(loop), listen.patience(), others >= listen.connections());
    channel
        .pipeline()
        .addLast(new RequestDecoder(connection), new FlowControlHandler(), connection);
  }

  private void onEachLoop(BiConsumer<Worker, Integer> task) {
    workers.forEach((loop, worker) ->
        loop.submit(() -> task.accept(worker, lanes.get(loop))).syncUninterruptibly());
  }

  private byte[] metricsPage() {
    MetricsPage page = new MetricsPage();
    metrics.forEach(source -> source.writeTo(page));
    return page.bytes();
  }

  private void writeConnections(MetricsPage page) {
    page.gauge("http_server_connections", "Connections that are open.");
    page.sample(open.get());
  }

  /**
   * Small chunks: an answer is a few hundred bytes, and what the pool holds is never given back.
   */
  private PooledByteBufAllocator allocator() {
    int pageSize = 8 * 1024;
    int chunkOrder = 5;
    return new PooledByteBufAllocator(true, 0, loops, pageSize, chunkOrder, 256, 64, false);
  }
}
