package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.httpjson.HttpJsonStatusCode;
import com.google.api.gax.rpc.ApiExceptionFactory;
import dev.mlops.platform.gcp.Fault.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Google's errors mean, as they come over REST: the clients hand on little of the body. */
final class FaultTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          409 | {"error": {"message": "It is there.", "status": "ALREADY_EXISTS"}} | EXISTS
          409 | {"error": {"message": "It is there.", "errors": [{"reason": "alreadyExists"}]}} | EXISTS
          409 | {"error": {"message": "Concurrent changes.", "status": "ABORTED"}} | STALE
          400 | {"error": {"message": "No.", "status": "FAILED_PRECONDITION", "details": [{"@type": "x/Help"}, {"reason": "CLUSTER_ALREADY_HAS_OPERATION"}]}} | BUSY
          403 | {"error": {"message": "Off.", "status": "PERMISSION_DENIED", "details": [{"reason": "SERVICE_DISABLED", "metadata": {"service": "s"}}]}} | DISABLED
          403 | {"error": {"message": "Slow.", "errors": [{"reason": "rateLimitExceeded"}]}} | THROTTLED
          403 | {"error": {"message": "Denied."}} | DENIED
          404 | [{"error": {"message": "Gone."}}] | ABSENT
          404 | not found | ABSENT
          401 | {} | UNAUTHENTICATED
          501 | {} | REJECTED
          503 | <html>a proxy</html> | UNAVAILABLE
          """)
  void bodiesAreRead(int status, String body, Kind kind) {
    assertEquals(kind, Fault.of(rest(status, body)).orElseThrow().kind());
    var wrapped =
        ApiExceptionFactory.createException(
            rest(status, body), HttpJsonStatusCode.of(status), false);
    assertEquals(kind, Fault.of(wrapped).orElseThrow().kind());
  }

  private static HttpResponseException rest(int status, String body) {
    return new HttpResponseException.Builder(status, "", new HttpHeaders())
        .setContent(body)
        .build();
  }
}
