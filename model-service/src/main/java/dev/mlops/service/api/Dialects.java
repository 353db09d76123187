package dev.mlops.service.api;

import dev.mlops.service.http.Fault;
import dev.mlops.service.http.Request;
import dev.mlops.service.http.Status;
import dev.mlops.service.predict.Dialect;
import dev.mlops.service.predict.Dialect.Reply;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Tells by a request's header how its body is to be read, and what it is to be answered in. */
final class Dialects {
  private static final String CONTENT_TYPE = "content-type";
  private static final String ACCEPT = "accept";
  private static final String CSV = "text/csv";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON_LENGTH = "inference-header-content-length";

  /** What {@link #invocations} takes. */
  static final Fault JSON_OR_CSV =
      Fault.of(
          Status.UNSUPPORTED_MEDIA_TYPE,
          Fault.UNSUPPORTED_MEDIA_TYPE.code(),
          "Send the body as Content-Type: application/json or text/csv, in UTF-8",
          Optional.empty());

  private static final Optional<Dialect> OBJECTS = Optional.of(Dialect.Objects.PREDICT);
  private static final Optional<Dialect> INSTANCES = Optional.of(new Dialect.Instances());
  private static final Optional<Dialect> TENSORS = Optional.of(Dialect.Tensors.JSON);

  private Dialects() {}

  /** The guide's own. */
  static Optional<Dialect> objects(Request request) {
    return request.isJson() ? OBJECTS : Optional.empty();
  }

  /** KServe V1 and Vertex AI. */
  static Optional<Dialect> instances(Request request) {
    return isJsonOrUnsaid(request) ? INSTANCES : Optional.empty();
  }

  /**
   * The Open Inference Protocol; where tensors follow in binary, the header says how much is JSON.
   */
  static Optional<Dialect> tensors(Request request) {
    String length = request.header(JSON_LENGTH);
    if (length != null) {
      return wholeNumber(length).map(Dialect.Tensors::new);
    }
    return isJsonOrUnsaid(request) ? TENSORS : Optional.empty();
  }

  /** SageMaker: JSON or CSV, each way. */
  static Optional<Dialect> invocations(Request request) {
    Reply reply = reply(request.header(ACCEPT));
    if (isCsv(request.header(CONTENT_TYPE))) {
      return Optional.of(new Dialect.Csv(reply));
    }
    return request.isJson() ? Optional.of(new Dialect.Objects(reply)) : Optional.empty();
  }

  /** CSV if it is named before any JSON; what else a client would rather have is not to be had. */
  private static Reply reply(String accept) {
    return accept == null
        ? Reply.JSON
        : Arrays.stream(accept.split(",", -1))
            .map(Dialects::type)
            .filter(type -> type.equals(CSV) || type.contains("json") || type.equals("*/*"))
            .findFirst()
            .map(type -> type.equals(CSV) ? Reply.CSV : Reply.JSON)
            .orElse(Reply.JSON);
  }

  /**
   * Other servers of these protocols do not look at the type, and their guides let curl say of JSON
   * what it says of everything.
   */
  private static boolean isJsonOrUnsaid(Request request) {
    return request.isJson() || type(request.header(CONTENT_TYPE)).equals(FORM);
  }

  private static boolean isCsv(String contentType) {
    if (contentType == null || !type(contentType).equals(CSV)) {
      return false;
    }
    String parameters = contentType.toLowerCase(Locale.ROOT).replace("\"", "").replace(" ", "");
    return !parameters.contains("charset=") || parameters.matches(".*charset=utf-?8.*");
  }

  private static String type(String header) {
    return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static Optional<Integer> wholeNumber(String text) {
    return text.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }
}
