package dev.mlops.service.trace;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * What a collector took of an export but a part, which is not to be sent again: <a
 * href="https://opentelemetry.io/docs/specs/otlp/#partial-success-1">OTLP</a>.
 *
 * @param rejected spans; 0 if it took all
 * @param why for people, perhaps empty
 */
record PartialSuccess(long rejected, String why) {
  static final PartialSuccess ALL = new PartialSuccess(0, "");

  /**
   * @param response an {@code ExportTraceServiceResponse}; anything else is taken for none
   */
  static PartialSuccess read(byte[] response) {
    try {
      CodedInputStream in = CodedInputStream.newInstance(response);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == tag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
          return part(CodedInputStream.newInstance(in.readByteArray()));
        }
        in.skipField(tag);
      }
    } catch (IOException _) {
      // Some answer in JSON, or in words.
    }
    return ALL;
  }

  private static PartialSuccess part(CodedInputStream in) throws IOException {
    long rejected = 0;
    String why = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == tag(1, WireFormat.WIRETYPE_VARINT)) {
        rejected = in.readInt64();
      } else if (tag == tag(2, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
        why = in.readString();
      } else {
        in.skipField(tag);
      }
    }
    return new PartialSuccess(rejected, why);
  }

  private static int tag(int field, int type) {
    return field << 3 | type;
  }
}
