package dev.mlops.service.predict;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8: Jackson itself lets overlong forms and lone surrogates through. */
final class Utf8 {
  private Utf8() {}

  static boolean isValid(byte[] bytes, int from, int length) {
    if (isAscii(bytes, from, length)) {
      return true;
    }
    ByteBuf view = Unpooled.wrappedBuffer(bytes, from, length);
    return ByteBufUtil.isText(view, StandardCharsets.UTF_8);
  }

  /** Nearly every body is; the loop compiles to vector instructions. */
  private static boolean isAscii(byte[] bytes, int from, int length) {
    int seen = 0;
    for (int i = from; i < from + length; i++) {
      seen |= bytes[i];
    }
    return seen >= 0;
  }
}
