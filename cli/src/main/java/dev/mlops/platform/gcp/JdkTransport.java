package dev.mlops.platform.gcp;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * How Google's REST clients send, by the JDK's own client. Theirs can't send {@code PATCH}: it asks
 * for it by a header of a {@code POST}, which Google's servers understand and others need not.
 */
final class JdkTransport extends HttpTransport {
  private static final String OVERRIDE = "X-HTTP-Method-Override";

  /** Those that the JDK's client writes itself. */
  private static final Set<String> RESERVED = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    RESERVED.addAll(Set.of("Connection", "Content-Length", "Expect", "Host", "Upgrade", OVERRIDE));
  }

  private final HttpClient client;
  private final UnaryOperator<URI> whereTo;

  /**
   * @param whereTo from the address that a client would ask to the one that is asked
   */
  JdkTransport(HttpClient client, UnaryOperator<URI> whereTo) {
    this.client = client;
    this.whereTo = whereTo;
  }

  @Override
  public boolean supportsMethod(String method) {
    return true;
  }

  @Override
  protected LowLevelHttpRequest buildRequest(String method, String url) {
    return new Request(method, whereTo.apply(URI.create(url)));
  }

  private final class Request extends LowLevelHttpRequest {
    private final HttpRequest.Builder request;
    private String method;

    Request(String method, URI address) {
      this.request = HttpRequest.newBuilder(address);
      this.method = method;
    }

    @Override
    public void addHeader(String name, String value) {
      if (name.equalsIgnoreCase(OVERRIDE)) {
        method = value;
      } else if (!RESERVED.contains(name)) {
        request.header(name, value);
      }
    }

    @Override
    public void setTimeout(int connectMillis, int readMillis) {
      if (readMillis > 0) {
        request.timeout(Duration.ofMillis(readMillis));
      }
    }

    @Override
    public LowLevelHttpResponse execute() throws IOException {
      if (getContentType() != null) {
        request.header("Content-Type", getContentType());
      }
      if (getContentEncoding() != null) {
        request.header("Content-Encoding", getContentEncoding());
      }
      request.method(method, body());
      try {
        return new JdkResponse(client.send(request.build(), BodyHandlers.ofByteArray()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }

    private HttpRequest.BodyPublisher body() throws IOException {
      if (getStreamingContent() == null) {
        return BodyPublishers.noBody();
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      getStreamingContent().writeTo(bytes);
      return BodyPublishers.ofByteArray(bytes.toByteArray());
    }
  }
}
