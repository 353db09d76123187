package dev.mlops.platform.gcp.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.Optional;

/** What Google answers in place of a result; the same fault in the forms of gRPC and of REST. */
public final class ApiFault extends RuntimeException {
  private final Code code;
  private final transient Optional<ErrorInfo> info;

  private ApiFault(Code code, String message, Optional<ErrorInfo> info) {
    super(message);
    this.code = code;
    this.info = info;
  }

  public static ApiFault of(Code code, String message) {
    return new ApiFault(code, message, Optional.empty());
  }

  public static ApiFault notFound(String name) {
    return of(Code.NOT_FOUND, "Resource \"" + name + "\" was not found.");
  }

  public static ApiFault exists(String name) {
    return of(Code.ALREADY_EXISTS, "Already exists: " + name + ".");
  }

  public static ApiFault invalid(String message) {
    return of(Code.INVALID_ARGUMENT, message);
  }

  /** With the machine's reason, as {@code google.rpc.ErrorInfo}. */
  public ApiFault because(String reason, String domain, Map<String, String> metadata) {
    ErrorInfo why =
        ErrorInfo.newBuilder().setReason(reason).setDomain(domain).putAllMetadata(metadata).build();
    return new ApiFault(code, getMessage(), Optional.of(why));
  }

  public Code code() {
    return code;
  }

  Status status() {
    Status.Builder status = Status.newBuilder().setCode(code.getNumber()).setMessage(getMessage());
    info.ifPresent(why -> status.addDetails(Any.pack(why)));
    return status.build();
  }

  StatusRuntimeException grpc() {
    return StatusProto.toStatusRuntimeException(status());
  }

  /** The body of Google's REST errors, newer part and older. */
  ObjectNode rest() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode error =
        body.putObject("error")
            .put("code", http())
            .put("message", getMessage())
            .put("status", code.name());
    error
        .putArray("errors")
        .addObject()
        .put("message", getMessage())
        .put("domain", "global")
        .put("reason", olderReason());
    info.ifPresent(why -> {
      ObjectNode detail =
          error
              .putArray("details")
              .addObject()
              .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
              .put("reason", why.getReason())
              .put("domain", why.getDomain());
      ObjectNode metadata = detail.putObject("metadata");
      why.getMetadataMap().forEach(metadata::put);
    });
    return body;
  }

  /** As {@code google.rpc.Code} says of each. */
  int http() {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case UNKNOWN, INTERNAL, DATA_LOSS, UNRECOGNIZED -> 500;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
    };
  }

  private String olderReason() {
    return info.map(ErrorInfo::getReason)
        .orElseGet(() ->
            switch (code) {
              case NOT_FOUND -> "notFound";
              case ALREADY_EXISTS -> "alreadyExists";
              case PERMISSION_DENIED -> "forbidden";
              case RESOURCE_EXHAUSTED -> "rateLimitExceeded";
              case FAILED_PRECONDITION -> "resourceInUseByAnotherResource";
              default -> "invalid";
            });
  }
}
