package dev.mlops.service.api;

import static dev.mlops.service.json.Json.object;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.service.http.Content;
import dev.mlops.service.http.Handler;
import dev.mlops.service.http.Response;
import dev.mlops.service.http.Status;
import dev.mlops.service.json.Json;

/** Whether the service lives and is ready, in the words of each who asks. */
final class Health {
  private volatile State state = State.STARTING;

  private enum State {
    STARTING,
    READY,
    DRAINING
  }

  void becomeReady() {
    state = State.READY;
  }

  void drain() {
    state = State.DRAINING;
  }

  boolean isStarting() {
    return state == State.STARTING;
  }

  /** Always so: who could not answer does not. */
  static Handler live() {
    byte[] alive = bytes(object("status", "alive"));
    return (_, response) -> answer(response, Status.OK, alive);
  }

  static Handler v2Live() {
    byte[] alive = bytes(object("live", true));
    return (_, response) -> answer(response, Status.OK, alive);
  }

  /** In the guide's words. */
  Handler status() {
    byte[] starting = bytes(object("status", "starting"));
    byte[] ready = bytes(object("status", "ready"));
    byte[] draining = bytes(object("status", "draining"));
    return (_, response) -> {
      switch (state) {
        case STARTING -> answer(response, Status.UNAVAILABLE, starting);
        case READY -> answer(response, Status.OK, ready);
        case DRAINING -> answer(response, Status.UNAVAILABLE, draining);
      }
    };
  }

  /** In the words of the Open Inference Protocol. */
  Handler v2Ready() {
    return eitherOf(object("ready", true), object("ready", false));
  }

  /** The same of one model, which KServe V1 words alike. */
  Handler modelReady(String model) {
    return eitherOf(object("name", model, "ready", true), object("name", model, "ready", false));
  }

  private Handler eitherOf(Object yes, Object no) {
    byte[] ready = bytes(yes);
    byte[] notReady = bytes(no);
    return (_, response) -> {
      boolean is = state == State.READY;
      answer(response, is ? Status.OK : Status.UNAVAILABLE, is ? ready : notReady);
    };
  }

  private static byte[] bytes(Object json) {
    return Json.line(json).getBytes(UTF_8);
  }

  private static void answer(Response response, Status status, byte[] body) {
    response.body().append(body);
    response.send(status, Content.JSON);
  }
}
