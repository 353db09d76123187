package dev.mlops.service.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A protobuf message while it is written, field by field. */
final class Message {
  /** Most hold a few words; protobuf's own buffer has 4 kB, and a span has some twenty of them. */
  private static final int BUFFER = 64;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER);

  @FunctionalInterface
  private interface Write {
    void to(CodedOutputStream out) throws IOException;
  }

  Message text(int field, String text) {
    return text.isEmpty() ? this : bytes(field, text.getBytes(UTF_8));
  }

  Message bytes(int field, byte[] value) {
    return write(to -> to.writeByteArray(field, value));
  }

  Message message(int field, Message part) {
    return bytes(field, part.toBytes());
  }

  Message fixed64(int field, long value) {
    return write(to -> to.writeFixed64(field, value));
  }

  Message fixed32(int field, int value) {
    return write(to -> to.writeFixed32(field, value));
  }

  Message number(int field, long value) {
    return write(to -> to.writeInt64(field, value));
  }

  byte[] toBytes() {
    write(CodedOutputStream::flush);
    return bytes.toByteArray();
  }

  private Message write(Write write) {
    try {
      write.to(out);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
