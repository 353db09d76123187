package dev.mlops.platform.gcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.rpc.Status;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Google answered in place of a result, over gRPC or REST alike.
 *
 * @param status canonical code, such as {@code NOT_FOUND}
 * @param reason of the error's details, such as {@code SERVICE_DISABLED}; may be empty
 * @param metadata of the error's details
 */
record Fault(
    String status,
    String reason,
    Map<String, String> metadata,
    String message,
    Optional<Exception> cause) {

  private static final ObjectMapper JSON = new ObjectMapper();

  Fault {
    metadata = Map.copyOf(metadata);
  }

  /** What a client threw; empty for what is no answer of Google's, such as a bug of ours. */
  static Optional<Fault> of(Exception thrown) {
    return switch (thrown) {
      case ApiException e when e.getCause() instanceof HttpResponseException answer ->
          Optional.of(ofRest(answer.getStatusCode(), errorIn(answer.getContent()), text(e), e));
      case ApiException e -> Optional.of(ofGrpc(e));
      case HttpResponseException e ->
          Optional.of(ofRest(e.getStatusCode(), errorIn(e.getContent()), text(e), e));
      case Rest.Refusal e -> Optional.of(ofRest(e.status(), e.error(), text(e), e));
      case IOException e ->
          Optional.of(new Fault("UNAVAILABLE", "", Map.of(), text(e), Optional.of(e)));
      default -> Optional.empty();
    };
  }

  private static Fault ofGrpc(ApiException e) {
    return new Fault(
        e.getStatusCode().getCode().name(),
        orEmpty(e.getReason()),
        e.getMetadata() == null ? Map.of() : e.getMetadata(),
        text(e),
        Optional.of(e));
  }

  /** The error that an operation ended with. */
  static Fault ofOperation(Status error) {
    var code = com.google.rpc.Code.forNumber(error.getCode());
    return new Fault(
        code == null ? "UNKNOWN" : code.name(), "", Map.of(), error.getMessage(), Optional.empty());
  }

  /**
   * All APIs write errors alike, though the clients hand on little of it.
   *
   * @param error {@code {"message": …, "status": …, "errors": […], "details": […]}}; may be missing
   * @param otherwise what to say where it says nothing
   */
  private static Fault ofRest(int http, JsonNode error, String otherwise, Exception cause) {
    JsonNode info = JSON.missingNode();
    for (JsonNode detail : error.path("details")) {
      info = info.isMissingNode() && detail.has("reason") ? detail : info;
    }
    String older = error.path("errors").path(0).path("reason").asText();
    Map<String, String> metadata = new TreeMap<>();
    info.path("metadata").forEachEntry((key, value) -> metadata.put(key, value.asText()));
    return new Fault(
        status(http, error.path("status").asText()),
        info.path("reason").asText(older),
        metadata,
        error.path("message").asText(otherwise),
        Optional.of(cause));
  }

  private static JsonNode errorIn(String content) {
    try {
      JsonNode body = JSON.readTree(orEmpty(content));
      return (body.isArray() ? body.path(0) : body).path("error");
    } catch (JsonProcessingException e) {
      return JSON.missingNode(); // a proxy's page: the status says enough
    }
  }

  /** The canonical code, by name where the answer has one, else as Google maps HTTP's. */
  private static String status(int http, String name) {
    if (name.matches("[A-Z_]+")) {
      return name;
    }
    return switch (http) {
      case 400 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ABORTED";
      case 412 -> "FAILED_PRECONDITION";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 408, 499, 500, 502, 503 -> "UNAVAILABLE";
      case 501 -> "UNIMPLEMENTED";
      case 504 -> "DEADLINE_EXCEEDED";
      default -> "UNKNOWN";
    };
  }

  private static String text(Exception e) {
    String message = orEmpty(e.getMessage());
    // gRPC puts its own name of the status before Google's sentence.
    return message.replaceFirst("^(io\\.grpc\\.\\w+: )?[A-Z_]+: ", "");
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  /** What it means for the caller. */
  Kind kind() {
    return Kind.of(this);
  }

  boolean says(String pattern) {
    return message.matches("(?is).*(" + pattern + ").*");
  }

  /** The classes of faults; each has one way to be dealt with, in {@link Policy}. */
  enum Kind {
    /** It is not there. */
    ABSENT,
    /** It is there already. */
    EXISTS,
    /** Another operation is at work on it. */
    BUSY,
    /** Somebody changed it since it was read. */
    STALE,
    /** It refers to what was made a moment ago and is not known everywhere yet. */
    UNSEEN,
    /** The API is off, or was enabled a moment ago. */
    DISABLED,
    /** Too many calls in a short time. */
    THROTTLED,
    /** No answer, or none that says whether it was done. */
    UNAVAILABLE,
    /** The project has no billing account. */
    UNBILLED,
    QUOTA,
    DENIED,
    UNAUTHENTICATED,
    REJECTED;

    private static Kind of(Fault fault) {
      return switch (fault.status) {
        case "NOT_FOUND" -> ofMissing(fault);
        case "ALREADY_EXISTS" -> EXISTS;
        // Over REST both come as 409, which older APIs tell apart by the reason alone.
        case "ABORTED" ->
            fault.reason.equals("alreadyExists") || fault.says("already exists") ? EXISTS : STALE;
        case "FAILED_PRECONDITION", "INVALID_ARGUMENT" -> ofPrecondition(fault);
        case "PERMISSION_DENIED" -> ofDenial(fault);
        case "RESOURCE_EXHAUSTED" -> ofExhaustion(fault);
        case "UNAUTHENTICATED" -> UNAUTHENTICATED;
        case "UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL", "UNKNOWN", "CANCELLED" ->
            fault.says("failed to obtain metadata|getting access token")
                ? UNAUTHENTICATED
                : UNAVAILABLE;
        default -> REJECTED;
      };
    }

    private static Kind ofMissing(Fault fault) {
      return fault.says("identity pool does not exist|service account .*does not exist")
          ? UNSEEN
          : ABSENT;
    }

    private static Kind ofPrecondition(Fault fault) {
      if (fault.reason.equals("CLUSTER_ALREADY_HAS_OPERATION")
          || fault.says("incompatible operation|currently (being )?upgrad|operation in progress")) {
        return BUSY;
      }
      if (fault.reason.equals("UREQ_PROJECT_BILLING_NOT_FOUND") || fault.says("billing")) {
        return UNBILLED;
      }
      if (fault.says("service account .*(does not exist|not found)|identity pool does not exist")
          || fault.says("should enable service|precondition check failed")) {
        return UNSEEN;
      }
      return fault.says("\\betag\\b|fingerprint") ? STALE : REJECTED;
    }

    private static Kind ofDenial(Fault fault) {
      if (fault.reason.equals("SERVICE_DISABLED")
          || fault.reason.equals("accessNotConfigured")
          || fault.says("has not been used in project|api .* disabled")) {
        return DISABLED;
      }
      if (fault.reason.equals("BILLING_DISABLED")) {
        return UNBILLED;
      }
      if (fault.reason.matches("(userR|r)ateLimitExceeded")) {
        return THROTTLED;
      }
      return fault.says("insufficient regional quota|quota .*exceeded") ? QUOTA : DENIED;
    }

    private static Kind ofExhaustion(Fault fault) {
      if (fault.says("concurrent operations")) {
        return BUSY;
      }
      return fault.says("insufficient|\\bshort\\b") ? QUOTA : THROTTLED;
    }
  }
}
