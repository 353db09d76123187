package dev.mlops.platform.local.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/** A client's connection: one {@link Exchange} after the other. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel: that is heard
final class FrontHandler extends ChannelDuplexHandler {
  /** User event: close as soon as nothing is under way. */
  static final Object FINISH = new Object();

  private static final int LINGER_MILLIS = 100;

  /** How long a request may stand still half sent when all else is to end. */
  private static final int STALLED_SECONDS = 1;

  private final Backends backends;
  private Exchange exchange;
  private boolean finishing;
  private boolean waiting;

  FrontHandler(Backends backends) {
    this.backends = backends;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    read(ctx);
  }

  /** Asks for one message; an {@link Exchange} comes here by its channel's own method. */
  @Override
  public void read(ChannelHandlerContext ctx) {
    waiting = true;
    ctx.read();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    // What has been read may hold no whole message.
    if (waiting) {
      ctx.read();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    waiting = false;
    if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      refuse(ctx, reason(object.decoderResult().cause()));
    } else if (message instanceof HttpRequest request) {
      begin(ctx, request);
    } else if (message instanceof HttpContent content && exchange != null) {
      exchange.requestBody(content);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    if (request.method().equals(HttpMethod.CONNECT)) {
      refuse(ctx, Answer.NOT_SUPPORTED);
      return;
    }
    if (HttpUtil.is100ContinueExpected(request)) {
      ctx.writeAndFlush(Answer.goOn());
    }
    exchange = new Exchange(ctx, backends, request, keep -> ended(ctx, keep));
    if (finishing) {
      exchange.lastOfConnection();
    }
    read(ctx);
  }

  private static Answer reason(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ -> Answer.LINE_TOO_LONG;
      case TooLongHttpHeaderException _ -> Answer.HEADERS_TOO_LARGE;
      default -> Answer.MALFORMED;
    };
  }

  private void refuse(ChannelHandlerContext ctx, Answer answer) {
    if (exchange != null) {
      exchange.refuse(answer);
      return;
    }
    FullHttpResponse response = answer.response();
    HttpUtil.setKeepAlive(response, false);
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  private void ended(ChannelHandlerContext ctx, boolean keep) {
    exchange = null;
    if (keep && !finishing) {
      read(ctx);
    } else {
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (exchange != null && ctx.channel().isWritable()) {
      exchange.clientWritable();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == FINISH) {
      // The pipeline's methods may be called from any thread; the state is the loop's.
      ctx.executor().execute(() -> finish(ctx));
    } else if (event instanceof IdleStateEvent) {
      if (exchange == null) {
        ctx.close();
      } else {
        exchange.clientIdle();
      }
    }
  }

  private void finish(ChannelHandlerContext ctx) {
    finishing = true;
    if (exchange != null) {
      exchange.lastOfConnection();
      ctx.pipeline()
          .replace(IdleStateHandler.class, "stalled", new IdleStateHandler(0, 0, STALLED_SECONDS));
    } else {
      // A request may be on its way: it is better served than cut off.
      ctx.executor().schedule(() -> closeIfIdle(ctx), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void closeIfIdle(ChannelHandlerContext ctx) {
    if (exchange == null) {
      ctx.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (exchange != null) {
      exchange.clientLost();
      exchange = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
