package dev.mlops.service.serve;

import dev.mlops.service.http.Content;
import dev.mlops.service.http.Fault;
import dev.mlops.service.http.Handler;
import dev.mlops.service.http.Request;
import dev.mlops.service.http.Response;
import dev.mlops.service.http.Status;
import dev.mlops.service.predict.Dialect;
import dev.mlops.service.predict.Refusal;
import dev.mlops.service.predict.ServedModel;
import java.util.Locale;

/** A row or a list of rows in, a prediction for each out. */
final class PredictHandler implements Handler {
  private volatile ServedModel model;

  /** Predicts with the model from now on. */
  void serve(ServedModel loaded) {
    model = loaded;
  }

  @Override
  public void handle(Request request, Response response) {
    ServedModel served = model;
    if (!request.isJson()) {
      response.refuse(Fault.UNSUPPORTED_MEDIA_TYPE);
    } else if (served == null) {
      response.refuse(Fault.NOT_READY);
    } else {
      predict(served, request, response);
    }
  }

  private static void predict(ServedModel served, Request request, Response response) {
    try {
      served
          .lane(request.thread())
          .answer(
              Dialect.Objects.PREDICT,
              request.bytes(),
              request.bodyFrom(),
              request.bodyLength(),
              response.body());
    } catch (Refusal refusal) {
      response.refuse(fault(refusal));
      return;
    }
    response.send(Status.OK, Content.JSON);
  }

  private static Fault fault(Refusal refusal) {
    Status status =
        switch (refusal.reason()) {
          case TOO_MANY_ROWS -> Status.CONTENT_TOO_LARGE;
          case MALFORMED_JSON,
              MALFORMED_CSV,
              MISSING_FIELD,
              UNKNOWN_FIELD,
              DUPLICATE_FIELD,
              WRONG_TYPE,
              WRONG_SHAPE,
              UNKNOWN_CATEGORY,
              NO_PREDICTION ->
              Status.BAD_REQUEST;
        };
    String code = refusal.reason().name().toLowerCase(Locale.ROOT);
    return Fault.of(status, code, refusal.getMessage(), refusal.field());
  }
}
