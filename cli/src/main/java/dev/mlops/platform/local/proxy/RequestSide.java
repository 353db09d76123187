package dev.mlops.platform.local.proxy;

import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetSocketAddress;

/** The request as it goes to a replica, once or several times. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel: that is heard
final class RequestSide {
  private static final String FORWARDED_FOR = "x-forwarded-for";
  private static final int PARTS = 1024;

  private final HttpRequest head;
  private final CompositeByteBuf held;
  private boolean whole;

  RequestSide(ChannelHandlerContext client, HttpRequest head) {
    this.head = head;
    this.held = client.alloc().compositeBuffer(PARTS);
    HttpHeaders headers = head.headers();
    HopByHop.remove(headers);
    headers.remove(HttpHeaderNames.EXPECT);
    if (client.channel().remoteAddress() instanceof InetSocketAddress from) {
      String before = headers.get(FORWARDED_FOR);
      String address = from.getAddress().getHostAddress();
      headers.set(FORWARDED_FOR, before == null ? address : before + ", " + address);
    }
  }

  void hold(HttpContent content) {
    held.addComponent(true, content.content());
    if (content instanceof LastHttpContent) {
      whole = true;
    }
  }

  int heldBytes() {
    return held.readableBytes();
  }

  boolean isWhole() {
    return whole;
  }

  void markWhole() {
    whole = true;
  }

  void sendWhole(Channel upstream) {
    HttpHeaders headers = head.headers();
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
      headers.set(HttpHeaderNames.CONTENT_LENGTH, held.readableBytes());
    }
    upstream.writeAndFlush(
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            head.method(),
            head.uri(),
            held.retainedDuplicate(),
            headers,
            EmptyHttpHeaders.INSTANCE));
  }

  void beginStream(Channel upstream) {
    upstream.write(
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, head.method(), head.uri(), head.headers()));
    upstream.writeAndFlush(new DefaultHttpContent(held.retainedDuplicate()));
  }

  /** Frees what was held; must be called once, at the end. */
  void drop() {
    held.release();
  }
}
