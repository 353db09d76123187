package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;

/**
 * Answers on their way out of one connection. What one read brought in goes out in one write,
 * however many requests it was.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline of failures
final class Output {
  private static final int WRITE_AT = 32 * 1024;
  private static final int HEAD = 512;
  private static final byte[] DATE = ascii("Date: ");
  private static final byte[] RETRY = ascii("Retry-After: 1\r\n");
  private static final byte[] CLOSE = ascii("Connection: close\r\n");
  private static final byte[] KEEP = ascii("Connection: keep-alive\r\n");
  private static final byte[] LENGTH = ascii("Content-Length: ");
  private static final byte[] END = ascii("\r\n\r\n");
  private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");

  private final ChannelHandlerContext ctx;
  private ByteBuf pending;

  Output(ChannelHandlerContext ctx) {
    this.ctx = ctx;
  }

  /**
   * Appends an answer.
   *
   * @param date the Date header's value
   */
  void answer(
      Exchange exchange, Status status, Content content, byte[] body, int length, byte[] date) {
    ByteBuf out = room(HEAD + length);
    out.writeBytes(status.line()).writeBytes(content.lines());
    switch (status) {
      case UNAVAILABLE -> out.writeBytes(RETRY);
      case METHOD_NOT_ALLOWED -> out.writeBytes(exchange.route().allow());
      default -> {}
    }
    if (!exchange.keepAlive()) {
      out.writeBytes(CLOSE);
    } else if (exchange.http10()) {
      out.writeBytes(KEEP);
    }
    out.writeBytes(DATE).writeBytes(date).writeBytes(LENGTH);
    digits(out, length);
    out.writeBytes(END);
    if (exchange.verb() != Verb.HEAD) {
      out.writeBytes(body, 0, length);
    }
    if (out.readableBytes() >= WRITE_AT) {
      write();
    }
  }

  /** Tells the client to go on and send the body. */
  void goOn() {
    room(CONTINUE.length).writeBytes(CONTINUE);
    flush();
  }

  void flush() {
    write();
    ctx.flush();
  }

  /**
   * Sends what there is and then the end of the stream; the client is to close. Closing at once
   * would reset the connection if more bytes came, and the answer would be lost.
   */
  void finish(Runnable sent) {
    write();
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(_ -> {
          ((DuplexChannel) ctx.channel()).shutdownOutput();
          sent.run();
        });
  }

  /** Sends what there is and closes: for a client that sends no more. */
  void finishAndClose() {
    write();
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Closes at once, whatever has not been sent. */
  void abort() {
    ctx.close();
  }

  void discard() {
    if (pending != null) {
      pending.release();
      pending = null;
    }
  }

  private ByteBuf room(int bytes) {
    if (pending == null) {
      pending = ctx.alloc().directBuffer(bytes);
    }
    return pending.ensureWritable(bytes);
  }

  private void write() {
    if (pending != null) {
      ByteBuf out = pending;
      pending = null;
      ctx.write(out, ctx.voidPromise());
    }
  }

  private static void digits(ByteBuf out, int number) {
    if (number >= 10) {
      digits(out, number / 10);
    }
    out.writeByte('0' + number % 10);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
