package dev.mlops.service.http;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** How sockets are waited for. */
record Transport(IoHandlerFactory handlers, ChannelFactory<? extends ServerChannel> server) {
  /** Linux's own, where its library can be loaded. */
  static Transport best() {
    return Epoll.isAvailable()
        ? new Transport(EpollIoHandler.newFactory(), EpollServerSocketChannel::new)
        : new Transport(NioIoHandler.newFactory(), NioServerSocketChannel::new);
  }
}
