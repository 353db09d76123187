package dev.mlops.platform.local.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.function.Consumer;

/** A connection to a replica: serves one {@link Exchange} at a time, idle in between. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel: that is heard
final class Upstream extends ChannelInboundHandlerAdapter {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int ANSWER_SECONDS = 60;

  private final Backend backend;
  private Channel channel;
  private Exchange exchange;

  private Upstream(Backend backend) {
    this.backend = backend;
  }

  /** Tells {@code done} on the loop, with nothing if the replica can't be reached. */
  static void connect(Backend backend, EventLoop loop, Consumer<Optional<Upstream>> done) {
    var upstream = new Upstream(backend);
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(upstream.pipeline())
            .connect(backend.address());
    upstream.channel = connecting.channel();
    connecting.addListener(
        connected -> done.accept(connected.isSuccess() ? Optional.of(upstream) : Optional.empty()));
  }

  private ChannelInitializer<Channel> pipeline() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel made) {
        made.pipeline()
            .addLast(new IdleStateHandler(ANSWER_SECONDS, 0, 0))
            .addLast(new HttpClientCodec(Proxy.Limits.decoder(), false, false))
            .addLast(Upstream.this);
      }
    };
  }

  Channel channel() {
    return channel;
  }

  void begin(Exchange next) {
    exchange = next;
  }

  /** The exchange lets go; an unusable connection is closed. */
  void end(boolean reusable) {
    exchange = null;
    if (reusable && channel.isActive()) {
      channel.config().setAutoRead(true);
      backend.giveBack(this);
    } else {
      channel.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (exchange != null && message instanceof HttpObject object) {
      exchange.answer(object);
    } else {
      // Nobody asked: whatever it means, it must not become the answer to the next request.
      ReferenceCountUtil.release(message);
      ctx.close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (exchange != null) {
      exchange.readOn();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    backend.forget(this);
    if (exchange != null) {
      exchange.upstreamLost();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent) {
      if (exchange == null) {
        ctx.close();
      } else {
        exchange.upstreamIdle();
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
