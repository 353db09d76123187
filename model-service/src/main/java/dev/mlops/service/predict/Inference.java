package dev.mlops.service.predict;

import java.util.List;
import java.util.Optional;

/**
 * An inference request of the Open Inference Protocol.
 *
 * @param id to be said again in the answer
 * @param outputs the tensors that are asked for; none for all
 */
record Inference(Optional<String> id, List<Tensor> inputs, List<String> outputs) {
  Inference {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
