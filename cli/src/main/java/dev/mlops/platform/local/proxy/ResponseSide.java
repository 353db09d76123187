package dev.mlops.platform.local.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/** The answer as it goes to the client. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel: that is heard
final class ResponseSide {
  private final ChannelHandlerContext client;
  private final boolean oldClient;
  private final boolean head;
  private boolean clientKept;
  private boolean upstreamReusable;
  private boolean begun;
  private boolean interim;

  ResponseSide(ChannelHandlerContext client, HttpRequest request) {
    this.client = client;
    this.oldClient = !request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    this.head = request.method().equals(HttpMethod.HEAD);
    this.clientKept = HttpUtil.isKeepAlive(request);
  }

  /** Whether the client has got a part of the answer. */
  boolean isBegun() {
    return begun;
  }

  boolean isClientKept() {
    return clientKept;
  }

  boolean isUpstreamReusable() {
    return upstreamReusable;
  }

  void lastOfConnection() {
    if (!begun) {
      clientKept = false;
    }
  }

  /** Passes a part on; true if it was the last one. */
  boolean relay(HttpObject message) {
    if (message instanceof HttpResponse response) {
      interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      if (!interim) {
        relayHead(response);
      }
    }
    if (interim) {
      ReferenceCountUtil.release(message);
      return false;
    }
    return message instanceof HttpContent content && relayBody(content);
  }

  private void relayHead(HttpResponse response) {
    upstreamReusable = HttpUtil.isKeepAlive(response);
    HopByHop.remove(response.headers());
    boolean delimited =
        HttpUtil.isContentLengthSet(response)
            || HttpUtil.isTransferEncodingChunked(response)
            || !mayHaveBody(response);
    if (oldClient) {
      response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
      clientKept &= HttpUtil.isContentLengthSet(response) || !mayHaveBody(response);
    } else if (!delimited) {
      // The replica ends its body by closing; for the client the end is a chunk.
      HttpUtil.setTransferEncodingChunked(response, true);
    }
    response.setProtocolVersion(HttpVersion.HTTP_1_1);
    if (!clientKept) {
      response.headers().set(HttpHeaderNames.CONNECTION, "close");
    } else if (oldClient) {
      response.headers().set(HttpHeaderNames.CONNECTION, "keep-alive");
    }
    begun = true;
    client.write(response, client.voidPromise());
  }

  private boolean relayBody(HttpContent content) {
    if (content instanceof LastHttpContent) {
      client.writeAndFlush(content, client.voidPromise());
      return true;
    }
    client.writeAndFlush(content, client.voidPromise());
    return false;
  }

  private boolean mayHaveBody(HttpResponse response) {
    return !head
        && !response.status().equals(HttpResponseStatus.NO_CONTENT)
        && !response.status().equals(HttpResponseStatus.NOT_MODIFIED);
  }
}
