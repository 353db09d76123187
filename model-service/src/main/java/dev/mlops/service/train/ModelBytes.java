package dev.mlops.service.train;

import com.google.protobuf.ByteString;
import org.tribuo.Model;

final class ModelBytes {
  private ModelBytes() {}

  static ByteString of(Model<?> model) {
    return model.serialize().toByteString();
  }
}
