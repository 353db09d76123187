package dev.mlops.platform.gcp.fake;

import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code google.longrunning}: a name at once, a result or an error later. */
final class LongOperations {
  private final Timeline timeline;
  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private int count;

  LongOperations(Timeline timeline) {
    this.timeline = timeline;
  }

  /**
   * @param prefix of the operation's name
   * @param work done when it is due; an {@link ApiFault} makes it an operation that failed
   */
  Operation start(String prefix, Message metadata, Duration takes, Supplier<Message> work) {
    String name = prefix + "operations/op-" + ++count;
    Operation.Builder operation =
        Operation.newBuilder().setName(name).setMetadata(Any.pack(metadata));
    operations.put(name, operation.build());
    timeline.after(takes, () -> operations.put(name, end(operation.clone(), work)));
    timeline.catchUp();
    return operations.get(name);
  }

  List<Rpc<?, ?>> methods() {
    return List.of(
        new Rpc<>(
            "google.longrunning.Operations/GetOperation",
            GetOperationRequest.getDefaultInstance(),
            Operation.getDefaultInstance(),
            request -> get(request.getName())));
  }

  /** Over REST each API has its own, at its own address. */
  List<Route> routes() {
    return List.of(
        Route.get(
            "/v[13]/(?<name>(projects/[^/]+/locations/[^/]+/)?operations/op-\\d+)",
            request -> Transcoding.print(get(request.part("name")))));
  }

  private Operation get(String name) {
    if (!operations.containsKey(name)) {
      throw ApiFault.notFound(name);
    }
    return operations.get(name);
  }

  private static Operation end(Operation.Builder operation, Supplier<Message> work) {
    try {
      return operation.setDone(true).setResponse(Any.pack(work.get())).build();
    } catch (ApiFault fault) {
      return operation.setDone(true).setError(fault.status()).build();
    }
  }
}
