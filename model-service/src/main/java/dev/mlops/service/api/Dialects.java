package dev.mlops.service.api;

import dev.mlops.service.http.Fault;
import dev.mlops.service.http.Request;
import dev.mlops.service.http.Status;
import dev.mlops.service.predict.Dialect;
import dev.mlops.service.predict.Dialect.Reply;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells by a request's header how its body is to be read, and what it is to be answered in. */
final class Dialects {
  private static final String CONTENT_TYPE = "content-type";
  private static final String ACCEPT = "accept";
  private static final String CSV = "text/csv";

  /** As SageMaker calls it. */
  static final String JSON_LINES = "application/jsonlines";

  private static final Set<String> LINES =
      Set.of(JSON_LINES, "application/jsonl", "application/x-ndjson");
  private static final Pattern QUALITY = Pattern.compile(";\\s*[qQ]=([01](?:\\.[0-9]{0,3})?)");
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON_LENGTH = "inference-header-content-length";

  /** Answers what {@link #invocations} does not take. */
  static final Fault NOT_TAKEN =
      Fault.of(
          Status.UNSUPPORTED_MEDIA_TYPE,
          Fault.UNSUPPORTED_MEDIA_TYPE.code(),
          "Send the body as Content-Type: application/json, application/jsonlines or text/csv, in"
              + " UTF-8",
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

  /** SageMaker: JSON, JSON Lines or CSV, each way. */
  static Optional<Dialect> invocations(Request request) {
    String type = request.header(CONTENT_TYPE);
    String accept = request.header(ACCEPT);
    if (isCsv(type)) {
      return Optional.of(new Dialect.Csv(reply(accept, Reply.JSON)));
    }
    if (type != null && LINES.contains(type(type))) {
      return Optional.of(new Dialect.Lines(reply(accept, Reply.LINES)));
    }
    return request.isJson()
        ? Optional.of(new Dialect.Objects(reply(accept, Reply.JSON)))
        : Optional.empty();
  }

  /** What a client would rather have of what is to be had: RFC 9110, 12.5.1. */
  private static Reply reply(String accept, Reply otherwise) {
    if (accept == null) {
      return otherwise;
    }
    return Arrays.stream(accept.split(",", -1))
        .filter(range -> quality(range) > 0)
        .sorted(Comparator.comparingDouble(Dialects::quality).reversed())
        .flatMap(range -> reply(type(range)).stream())
        .findFirst()
        .orElse(otherwise);
  }

  private static Optional<Reply> reply(String type) {
    if (type.equals(CSV)) {
      return Optional.of(Reply.CSV);
    }
    if (LINES.contains(type)) {
      return Optional.of(Reply.LINES);
    }
    return type.contains("json") ? Optional.of(Reply.JSON) : Optional.empty();
  }

  private static double quality(String range) {
    Matcher quality = QUALITY.matcher(range);
    return quality.find() ? Double.parseDouble(quality.group(1)) : 1;
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
