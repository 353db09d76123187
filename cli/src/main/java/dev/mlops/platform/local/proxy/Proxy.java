package dev.mlops.platform.local.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Listens on one address and passes each request to a replica that is ready. */
public final class Proxy {
  private static final int BACKLOG = 1024;
  private static final int IDLE_SECONDS = 75;
  private static final int PIPELINED = 128;
  private static final long STOP_POLL_MILLIS = 5;

  private final Backends backends;
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          Math.max(2, Runtime.getRuntime().availableProcessors()), NioIoHandler.newFactory());
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private Channel acceptor;
  private InetSocketAddress address;
  private volatile boolean draining;

  public Proxy(Backends backends) {
    this.backends = backends;
  }

  /**
   * Listens there from now on and no longer where it did before; open connections stay.
   *
   * @throws IOException if the address can't be had; then nothing has changed
   */
  public synchronized void listen(String host, int port) throws IOException, InterruptedException {
    var wanted = new InetSocketAddress(host, port);
    if (wanted.equals(address)) {
      return;
    }
    ChannelFuture bound = server().bind(wanted).await();
    if (!bound.isSuccess()) {
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    if (acceptor != null) {
      acceptor.close().await();
    }
    acceptor = bound.channel();
    address = wanted;
  }

  /** Accepts no more, and finishes what is under way for at most {@code grace}. */
  public synchronized void drain(Duration grace) throws InterruptedException {
    if (acceptor != null) {
      acceptor.close().await();
    }
    long deadline = System.nanoTime() + grace.toNanos();
    draining = true;
    clients.forEach(client -> client.pipeline().fireUserEventTriggered(FrontHandler.FINISH));
    while (!clients.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(STOP_POLL_MILLIS);
    }
    clients.close().await();
  }

  /** Ends its threads; nothing can be done with it any more, nor with its backends. */
  public void close() throws InterruptedException {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
  }

  private ServerBootstrap server() {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.AUTO_READ, false)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel client) {
                clients.add(client);
                client
                    .pipeline()
                    .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS))
                    .addLast(new HttpServerCodec(Limits.decoder(), PIPELINED))
                    // One message for each read: what the client pipelines waits its turn.
                    .addLast(new FlowControlHandler())
                    .addLast(new FrontHandler(backends));
                if (draining) {
                  // Accepted before, registered after the others were told.
                  client.pipeline().fireUserEventTriggered(FrontHandler.FINISH);
                }
              }
            });
  }

  /** How large a head may be; framing that two readers could take differently is refused. */
  static final class Limits {
    private static final int LINE = 16 * 1024;
    private static final int HEADERS = 64 * 1024;
    private static final int CHUNK = 64 * 1024;

    private Limits() {}

    static HttpDecoderConfig decoder() {
      return new HttpDecoderConfig()
          .setMaxInitialLineLength(LINE)
          .setMaxHeaderSize(HEADERS)
          .setMaxChunkSize(CHUNK)
          .setStrictLineParsing(true)
          .setUseRfc9112TransferEncoding(true);
    }
  }
}
