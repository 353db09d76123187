package dev.mlops.service.http;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;

/** How sockets are waited for. */
record Transport(IoHandlerFactory handlers, ChannelFactory<? extends ServerChannel> server) {
  /** Linux's own, where its library can be loaded. */
  static Transport best() {
    // Before any other class of Netty's asks: trying the logging libraries that are not there takes
    // longer than the rest of the start.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    return Epoll.isAvailable()
        ? new Transport(EpollIoHandler.newFactory(), EpollServerSocketChannel::new)
        : new Transport(NioIoHandler.newFactory(), NioServerSocketChannel::new);
  }
}
