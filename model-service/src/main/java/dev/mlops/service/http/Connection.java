package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.mlops.service.predict.ByteSink;
import dev.mlops.service.predict.Dialect;
import dev.mlops.service.predict.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;

/** One connection: takes requests as they come and answers each before it looks at the next. */
final class Connection extends ChannelInboundHandlerAdapter {
  private static final byte[] ALIVE = "{\"status\":\"alive\"}".getBytes(US_ASCII);
  private static final byte[] READY = "{\"status\":\"ready\"}".getBytes(US_ASCII);
  private static final byte[] STARTING = "{\"status\":\"starting\"}".getBytes(US_ASCII);
  private static final byte[] DRAINING = "{\"status\":\"draining\"}".getBytes(US_ASCII);

  private final Worker worker;
  private final Patience patience;
  private final boolean full;
  private final Exchange exchange = new Exchange();
  private final Body body;
  private ChannelHandlerContext ctx;
  private Output output;
  private Stage stage = Stage.IDLE;
  private long deadline;
  private long stallDeadline;
  private boolean unanswered;
  private boolean arrived;
  private boolean inputClosed;
  private long skipped;
  private long answeredAt;

  private enum Stage {
    /** Between two requests. */
    IDLE,
    /** Some of a header has come. */
    HEADER,
    /** The header has come, and perhaps some of a body that will be answered. */
    BODY,
    /** The answer is given; what is left of the body is read and forgotten. */
    SKIP,
    /** The last answer is given; whatever comes is forgotten. */
    CLOSING
  }

  /**
   * @param full the server has as many connections as it takes: this one gets no predictions
   */
  Connection(Worker worker, Patience patience, boolean full) {
    this.worker = worker;
    this.patience = patience;
    this.full = full;
    this.body = new Body(worker.bodies());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    output = new Output(context);
    worker.connections().add(this);
    enter(Stage.IDLE, patience.idle(), System.nanoTime());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    worker.connections().remove(this);
    if (unanswered) {
      ended(Status.CLIENT_LEFT, null, System.nanoTime());
    }
    body.release();
    output.discard();
  }

  void bytesArrived() {
    arrived = true;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof HttpRequest request) {
        header(request);
      }
      if (message instanceof HttpContent content) {
        content(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (arrived && stage == Stage.IDLE) {
      enter(Stage.HEADER, patience.header(), System.nanoTime());
    }
    output.flush();
    closeIfClientIsDone();
  }

  /** A client that does not read is not read from either: its answers may not pile up here. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      // Not at once: reading on would call this very method again, deeper and deeper.
      context.executor().execute(() -> context.channel().config().setAutoRead(true));
      enter(stage, stage == Stage.CLOSING ? patience.linger() : patience.idle(), System.nanoTime());
    } else {
      context.channel().config().setAutoRead(false);
      stallDeadline = System.nanoTime() + patience.stalled().toNanos();
      context.flush();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputClosed = true;
      closeIfClientIsDone();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      worker.log().broken(exchange, cause);
    }
    output.abort();
  }

  void closeIfIdle() {
    if (stage == Stage.IDLE) {
      output.abort();
    }
  }

  void closeIfOverdue(long now) {
    if (!ctx.channel().isWritable()) {
      if (now - stallDeadline >= 0) {
        output.abort();
      }
    } else if (now - deadline >= 0) {
      expire(now);
    }
  }

  private void expire(long now) {
    switch (stage) {
      case HEADER -> {
        exchange.beginNone(now);
        begun();
        refuseAndClose(Fault.REQUEST_TIMEOUT);
      }
      case BODY -> refuseAndClose(Fault.REQUEST_TIMEOUT);
      case IDLE, SKIP, CLOSING -> output.abort();
    }
  }

  private void header(HttpRequest request) {
    if (stage == Stage.CLOSING) {
      return;
    }
    arrived = false;
    exchange.begin(worker.routes(), request, System.nanoTime());
    begun();
    Fault flaw = Exchange.flaw(request);
    if (flaw != null) {
      refuseAndClose(flaw);
      return;
    }
    String expected = request.headers().get(HttpHeaderNames.EXPECT);
    Fault fault = fault(request, expected);
    if (fault != null) {
      if (expected != null) {
        // Whether the body will still come is the client's choice; nobody could tell it from the
        // next request.
        exchange.close();
      }
      answer(fault);
    } else if (exchange.route() == Route.PREDICT) {
      enter(Stage.BODY, patience.body(), exchange.startedAt());
      if (expected != null) {
        output.goOn();
      }
    } else {
      answerSimple();
    }
  }

  /** Why the request is refused before its body is read, or null. */
  private Fault fault(HttpRequest request, String expected) {
    if (expected != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)) {
      return Fault.EXPECTATION_FAILED;
    }
    if (full && exchange.route() == Route.PREDICT) {
      exchange.close();
      return Fault.OVERLOADED;
    }
    if (exchange.route() == Route.UNKNOWN) {
      return Fault.NOT_FOUND;
    }
    if (!exchange.route().allows(exchange.verb())) {
      return Fault.METHOD_NOT_ALLOWED;
    }
    return exchange.route() == Route.PREDICT ? predictFault(request) : null;
  }

  private Fault predictFault(HttpRequest request) {
    if (HttpUtil.getContentLength(request, 0L) > Limits.BODY_BYTES) {
      exchange.close();
      return Fault.BODY_TOO_LARGE;
    }
    if (!MediaType.isJson(request.headers().get(HttpHeaderNames.CONTENT_TYPE))) {
      return Fault.UNSUPPORTED_MEDIA_TYPE;
    }
    return worker.lane() == null ? Fault.NOT_READY : null;
  }

  private void content(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    switch (stage) {
      case BODY -> body(content, last);
      case SKIP -> skip(content, last);
      case IDLE, HEADER, CLOSING -> {}
    }
  }

  private void body(HttpContent content, boolean last) {
    ByteBuf piece = content.content();
    int size = piece.readableBytes();
    if (content.decoderResult().isFailure()) {
      refuseAndClose(Fault.BAD_REQUEST);
    } else if (body.length() + size > Limits.BODY_BYTES) {
      refuseAndClose(Fault.BODY_TOO_LARGE);
    } else if (last && body.length() == 0) {
      byte[] bytes = worker.scratch(size);
      piece.readBytes(bytes, 0, size);
      predict(bytes, size);
    } else if (!body.add(piece)) {
      refuseAndClose(Fault.OVERLOADED);
    } else if (last) {
      predict(body.bytes(), body.length());
      body.release();
    }
    if (last) {
      next();
    }
  }

  private void skip(HttpContent content, boolean last) {
    skipped += content.content().readableBytes();
    if (skipped > Limits.BODY_BYTES || content.decoderResult().isFailure()) {
      close();
    } else if (last) {
      next();
    }
  }

  private void predict(byte[] bytes, int length) {
    ByteSink answer = worker.sink();
    try {
      worker.lane().answer(Dialect.Objects.PREDICT, bytes, 0, length, answer);
      answer(Status.OK, Content.JSON, answer.array(), answer.length(), null);
    } catch (Refusal refusal) {
      answer(Fault.of(refusal));
    } catch (RuntimeException e) {
      worker.log().broken(exchange, e);
      answer(Fault.INTERNAL_ERROR);
    }
  }

  private void answerSimple() {
    switch (exchange.route()) {
      case LIVE -> answer(Status.OK, Content.JSON, ALIVE, ALIVE.length, null);
      case READY -> answerReady();
      case METRICS -> {
        byte[] page = worker.metricsPage();
        answer(Status.OK, Content.METRICS, page, page.length, null);
      }
      case PREDICT, UNKNOWN -> throw new IllegalStateException("not a simple route");
    }
  }

  private void answerReady() {
    if (worker.draining()) {
      answer(Status.UNAVAILABLE, Content.JSON, DRAINING, DRAINING.length, null);
    } else if (worker.lane() == null) {
      answer(Status.UNAVAILABLE, Content.JSON, STARTING, STARTING.length, null);
    } else {
      answer(Status.OK, Content.JSON, READY, READY.length, null);
    }
  }

  private void answer(Fault fault) {
    answer(fault.status(), Content.JSON, fault.body(), fault.body().length, fault.code());
  }

  private void refuseAndClose(Fault fault) {
    exchange.close();
    answer(fault);
  }

  private void answer(Status status, Content content, byte[] bytes, int length, String code) {
    if (worker.draining()) {
      exchange.close();
    }
    output.answer(exchange, status, content, bytes, length, worker.date());
    long now = System.nanoTime();
    answeredAt = now;
    ended(status, code, now);
    if (exchange.keepAlive()) {
      skipped = 0;
      enter(Stage.SKIP, patience.body(), now);
    } else {
      close();
    }
  }

  private void begun() {
    unanswered = true;
    worker.metrics().begun();
  }

  private void ended(Status status, String code, long now) {
    unanswered = false;
    long took = now - exchange.startedAt();
    worker.metrics().ended(exchange.route(), exchange.verb(), status, took);
    worker.log().answered(exchange, status, code, took);
  }

  /** The request is over; the next may come. */
  private void next() {
    if (stage == Stage.SKIP) {
      enter(Stage.IDLE, patience.idle(), answeredAt);
    }
  }

  private void close() {
    body.release();
    enter(Stage.CLOSING, patience.stalled(), System.nanoTime());
    output.finish(() -> enter(Stage.CLOSING, patience.linger(), System.nanoTime()));
  }

  private void closeIfClientIsDone() {
    // While reading is held back there may be whole requests that wait for their turn.
    if (inputClosed && ctx.channel().config().isAutoRead()) {
      if (stage == Stage.BODY) {
        output.abort();
      } else {
        output.finishAndClose();
      }
    }
  }

  private void enter(Stage next, Duration atMost, long now) {
    stage = next;
    deadline = now + atMost.toNanos();
  }
}
