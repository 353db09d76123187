package dev.mlops.service.api;

import dev.mlops.service.http.Content;
import dev.mlops.service.http.Fault;
import dev.mlops.service.http.Handler;
import dev.mlops.service.http.Request;
import dev.mlops.service.http.Response;
import dev.mlops.service.http.Status;
import dev.mlops.service.predict.Batcher;
import dev.mlops.service.predict.Dialect;
import dev.mlops.service.predict.Dialect.Reply;
import dev.mlops.service.predict.Refusal;
import dev.mlops.service.predict.ServedModel;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Rows in, a prediction for each out, in one dialect or another. */
final class PredictHandler implements Handler {
  private static final Content CSV = Content.of("text/csv; charset=utf-8");
  private static final Content LINES = Content.of(Dialects.JSON_LINES);

  private final Supplier<ServedModel> model;
  private final Function<Request, Optional<Dialect>> dialects;
  private final Fault otherwise;

  /** Of JSON. */
  PredictHandler(Supplier<ServedModel> model, Function<Request, Optional<Dialect>> dialects) {
    this(model, dialects, Fault.UNSUPPORTED_MEDIA_TYPE);
  }

  /**
   * @param model gives null until there is one
   * @param dialects tells by its header what a request speaks; nothing if it is none of these
   * @param otherwise answers what speaks none of these
   */
  PredictHandler(
      Supplier<ServedModel> model, Function<Request, Optional<Dialect>> dialects, Fault otherwise) {
    this.model = model;
    this.dialects = dialects;
    this.otherwise = otherwise;
  }

  @Override
  public void handle(Request request, Response response) {
    ServedModel served = model.get();
    Optional<Dialect> dialect = dialects.apply(request);
    if (dialect.isEmpty()) {
      response.refuse(otherwise);
    } else if (served == null) {
      response.refuse(Fault.NOT_READY);
    } else {
      Optional<Batcher> together = served.batcher();
      if (together.isPresent()) {
        new BatchedRequest(together.get(), dialect.get(), request, response).begin();
      } else {
        predict(served, dialect.get(), request, response);
      }
    }
  }

  private static void predict(
      ServedModel served, Dialect dialect, Request request, Response response) {
    try {
      served
          .lane(request.thread())
          .answer(
              dialect,
              request.bytes(),
              request.bodyFrom(),
              request.bodyLength(),
              request.phases(),
              response.body());
    } catch (Refusal refusal) {
      response.refuse(Faults.of(refusal));
      return;
    }
    response.send(Status.OK, content(dialect));
  }

  static Content content(Dialect dialect) {
    return switch (dialect) {
      case Dialect.Objects(Reply reply) -> content(reply);
      case Dialect.Csv(Reply reply) -> content(reply);
      case Dialect.Lines(Reply reply) -> content(reply);
      case Dialect.Instances _, Dialect.Tensors _ -> Content.JSON;
    };
  }

  private static Content content(Reply reply) {
    return switch (reply) {
      case JSON -> Content.JSON;
      case CSV -> CSV;
      case LINES -> LINES;
    };
  }
}
