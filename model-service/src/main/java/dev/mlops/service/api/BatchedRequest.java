package dev.mlops.service.api;

import dev.mlops.service.http.Fault;
import dev.mlops.service.http.Request;
import dev.mlops.service.http.Response;
import dev.mlops.service.http.Status;
import dev.mlops.service.predict.Batcher;
import dev.mlops.service.predict.Dialect;
import dev.mlops.service.predict.Lane;
import dev.mlops.service.predict.Refusal;
import dev.mlops.service.trace.Phases;
import java.util.concurrent.Executor;

/** A request whose rows are predicted together with those of others, and answered after that. */
final class BatchedRequest {
  private final Batcher together;
  private final Dialect dialect;
  private final Request request;
  private final Response response;
  private final int thread;
  private final Phases phases;
  private final Lane lane;

  BatchedRequest(Batcher together, Dialect dialect, Request request, Response response) {
    this.together = together;
    this.dialect = dialect;
    this.request = request;
    this.response = response;
    this.thread = request.thread();
    this.phases = request.phases();
    this.lane = together.take(thread);
  }

  /** Reads the rows and hands them on. */
  void begin() {
    try {
      lane.decode(dialect, request.bytes(), request.bodyFrom(), request.bodyLength(), phases);
    } catch (Refusal refusal) {
      together.giveBack(thread, lane);
      response.refuse(Faults.of(refusal));
      return;
    }
    phases.enter("predict");
    Executor loop = response.later();
    if (!together.offer(lane, () -> loop.execute(this::finish))) {
      loop.execute(this::refuse);
    }
  }

  private void finish() {
    try {
      lane.finish(phases, response.body());
    } catch (Refusal refusal) {
      response.refuse(Faults.of(refusal));
      return;
    } finally {
      together.giveBack(thread, lane);
    }
    response.send(Status.OK, PredictHandler.content(dialect));
  }

  private void refuse() {
    together.giveBack(thread, lane);
    response.refuse(Fault.OVERLOADED);
  }
}
