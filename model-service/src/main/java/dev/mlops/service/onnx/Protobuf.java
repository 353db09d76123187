package dev.mlops.service.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A message whose fields are known by number only: what is not asked for stays as it is. */
record Protobuf(UnknownFieldSet fields) {
  static Protobuf of(ByteString bytes) throws InvalidProtocolBufferException {
    return new Protobuf(UnknownFieldSet.parseFrom(bytes));
  }

  static Protobuf empty() {
    return new Protobuf(UnknownFieldSet.getDefaultInstance());
  }

  List<ByteString> bytes(int field) {
    return fields.getField(field).getLengthDelimitedList();
  }

  List<Protobuf> messages(int field) throws InvalidProtocolBufferException {
    List<Protobuf> messages = new ArrayList<>();
    for (ByteString one : bytes(field)) {
      messages.add(of(one));
    }
    return messages;
  }

  List<String> texts(int field) {
    return bytes(field).stream().map(ByteString::toStringUtf8).toList();
  }

  /** The last text of a field, empty if there is none. */
  String text(int field) {
    return texts(field).stream().reduce("", (_, last) -> last);
  }

  /** Whole numbers, packed or not. */
  List<Long> numbers(int field) throws InvalidProtocolBufferException {
    List<Long> numbers = new ArrayList<>(fields.getField(field).getVarintList());
    try {
      for (ByteString packed : bytes(field)) {
        CodedInputStream run = packed.newCodedInput();
        while (!run.isAtEnd()) {
          numbers.add(run.readInt64());
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
    return numbers;
  }

  /** The same message with other values of a field. */
  Protobuf with(int field, List<ByteString> values) {
    UnknownFieldSet.Field.Builder all = UnknownFieldSet.Field.newBuilder();
    values.forEach(all::addLengthDelimited);
    return new Protobuf(fields.toBuilder().addField(field, all.build()).build());
  }

  /** The same message with another number. */
  Protobuf with(int field, long value) {
    var number = UnknownFieldSet.Field.newBuilder().addVarint(value).build();
    return new Protobuf(fields.toBuilder().addField(field, number).build());
  }

  ByteString toBytes() {
    return fields.toByteString();
  }
}
