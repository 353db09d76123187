package dev.mlops.platform.local.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One request and its answer. The request is held back until it is whole, so that it can be sent
 * again to another replica when the first one dies before it answers; a body above {@value
 * #HELD_BYTES} bytes is streamed instead, and not sent again. Lives on the client's event loop, as
 * do the connections it uses.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel: that is heard
final class Exchange {
  private static final int HELD_BYTES = 1024 * 1024;
  private static final int ATTEMPTS = 4;

  private final ChannelHandlerContext client;
  private final Backends backends;
  private final RequestSide request;
  private final ResponseSide response;
  private final Consumer<Boolean> ended;
  private final List<Backend> tried = new ArrayList<>();
  private Backend backend;
  private Upstream upstream;
  private boolean streaming;
  private boolean over;

  /**
   * @param ended is told once, on the loop, whether the client's connection can go on
   */
  Exchange(
      ChannelHandlerContext client, Backends backends, HttpRequest head, Consumer<Boolean> ended) {
    this.client = client;
    this.backends = backends;
    this.response = new ResponseSide(client, head);
    this.request = new RequestSide(client, head);
    this.ended = ended;
  }

  void requestBody(HttpContent content) {
    if (over) {
      content.release();
    } else if (streaming) {
      stream(content);
    } else {
      request.hold(content);
      if (request.isWhole()) {
        send();
      } else if (request.heldBytes() > HELD_BYTES) {
        streaming = true;
        send();
      } else {
        client.channel().read();
      }
    }
  }

  private void stream(HttpContent content) {
    if (content instanceof LastHttpContent) {
      request.markWhole();
    }
    upstream.channel().writeAndFlush(content);
    readOn();
  }

  /** Takes more of a streamed body as soon as the replica takes it. */
  void readOn() {
    if (streaming && !over && !request.isWhole() && upstream.channel().isWritable()) {
      client.channel().read();
    }
  }

  private void send() {
    Optional<Backend> next = tried.isEmpty() ? backends.enter() : backends.enter(tried);
    if (next.isEmpty()) {
      refuse(Answer.NOT_READY);
      return;
    }
    backend = next.get();
    // After a failure there an idle connection is no better than the one that failed.
    Optional<Upstream> idle =
        tried.contains(backend) ? Optional.empty() : backend.takeIdle(client.channel().eventLoop());
    if (idle.isPresent()) {
      sendBy(idle.get());
    } else {
      Upstream.connect(backend, client.channel().eventLoop(), this::connected);
    }
  }

  private void connected(Optional<Upstream> connection) {
    if (over) {
      connection.ifPresent(fresh -> fresh.channel().close());
    } else if (connection.isPresent()) {
      sendBy(connection.get());
    } else {
      tryAgain();
    }
  }

  private void sendBy(Upstream connection) {
    upstream = connection;
    upstream.begin(this);
    if (streaming) {
      request.beginStream(upstream.channel());
      readOn();
    } else {
      request.sendWhole(upstream.channel());
    }
  }

  void answer(HttpObject message) {
    if (message.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      refuse(Answer.LOST);
      return;
    }
    if (!request.isWhole()) {
      response.lastOfConnection();
    }
    if (response.relay(message)) {
      boolean reusable = response.isUpstreamReusable() && request.isWhole();
      release(reusable);
      end(response.isClientKept());
    } else if (!client.channel().isWritable()) {
      upstream.channel().config().setAutoRead(false);
    }
  }

  void clientWritable() {
    if (upstream != null) {
      upstream.channel().config().setAutoRead(true);
    }
  }

  void upstreamLost() {
    if (response.isBegun()) {
      release(false);
      client.close();
    } else if (streaming) {
      refuse(Answer.LOST);
    } else {
      tryAgain();
    }
  }

  private void tryAgain() {
    tried.add(backend);
    release(false);
    if (tried.size() < ATTEMPTS) {
      send();
    } else {
      refuse(Answer.LOST);
    }
  }

  void upstreamIdle() {
    refuse(Answer.NO_ANSWER);
  }

  void clientIdle() {
    if (!request.isWhole()) {
      refuse(Answer.TOO_SLOW);
    }
  }

  void lastOfConnection() {
    response.lastOfConnection();
  }

  /** The proxy's own answer; if the replica's has begun, the connection can only be cut. */
  void refuse(Answer answer) {
    release(false);
    if (response.isBegun()) {
      client.close();
      return;
    }
    boolean keep = response.isClientKept() && request.isWhole();
    FullHttpResponse own = answer.response();
    HttpUtil.setKeepAlive(own, keep);
    client.writeAndFlush(own);
    end(keep);
  }

  void clientLost() {
    over = true;
    release(false);
    request.drop();
  }

  private void end(boolean keep) {
    over = true;
    request.drop();
    ended.accept(keep);
  }

  private void release(boolean reusable) {
    if (upstream != null) {
      upstream.end(reusable);
      upstream = null;
    }
    if (backend != null) {
      backend.leave();
      backend = null;
    }
  }
}
