package dev.mlops.service.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.HttpsURLConnection;

/** Posts spans to a collector: <a href="https://opentelemetry.io/docs/specs/otlp/">OTLP</a>. */
final class OtlpClient {
  /** The only ones that the protocol lets a client try again. */
  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

  /** A collector that asks for more than this is not waited for as long as it says. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private static final int ANSWER_BYTES = 4096;
  private static final String AGENT = "OTel-OTLP-Exporter-Java-mlops/" + Version.OWN;

  private final OtlpSettings settings;
  private final Clock clock = Clock.systemUTC();

  OtlpClient(OtlpSettings settings) {
    this.settings = settings;
  }

  /**
   * Sends and waits for the answer, for as long as the settings say.
   *
   * @param message an {@code ExportTraceServiceRequest}
   */
  OtlpReply post(byte[] message) {
    try {
      HttpURLConnection connection = connection();
      write(connection, message);
      int status = connection.getResponseCode();
      byte[] answer = answer(status, connection);
      return status / 100 == 2
          ? new OtlpReply.Taken(PartialSuccess.read(answer))
          : refused(status, connection.getHeaderField("Retry-After"));
    } catch (HttpRetryException e) {
      // What the JDK makes of a 401 that it could answer if it had kept the body.
      return refused(e.responseCode(), null);
    } catch (IOException e) {
      return new OtlpReply.NotNow(e.toString(), Optional.empty());
    } catch (IllegalArgumentException _) {
      // Its message quotes the header, which may be a secret.
      return new OtlpReply.Never("OTEL_EXPORTER_OTLP_HEADERS has a header that can't be sent");
    }
  }

  private HttpURLConnection connection() throws IOException {
    var connection = (HttpURLConnection) settings.endpoint().toURL().openConnection();
    int millis = Math.toIntExact(settings.timeout().toMillis());
    if (connection instanceof HttpsURLConnection secure) {
      settings.tls().ifPresent(secure::setSSLSocketFactory);
    }
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setRequestMethod("POST");
    connection.setInstanceFollowRedirects(false);
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/x-protobuf");
    connection.setRequestProperty("User-Agent", AGENT);
    settings.headers().forEach(connection::setRequestProperty);
    if (settings.tokens().isPresent()) {
      connection.setRequestProperty("Authorization", "Bearer " + settings.tokens().get().get());
    }
    return connection;
  }

  private void write(HttpURLConnection connection, byte[] message) throws IOException {
    if (settings.gzip()) {
      connection.setRequestProperty("Content-Encoding", "gzip");
    } else {
      connection.setFixedLengthStreamingMode(message.length);
    }
    try (OutputStream out =
        settings.gzip()
            ? new GZIPOutputStream(connection.getOutputStream())
            : connection.getOutputStream()) {
      out.write(message);
    }
  }

  /** Read to its end, that the connection may be used again; only its beginning is kept. */
  private static byte[] answer(int status, HttpURLConnection connection) throws IOException {
    try (var answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      if (answer == null) {
        return new byte[0];
      }
      byte[] begin = answer.readNBytes(ANSWER_BYTES);
      answer.transferTo(OutputStream.nullOutputStream());
      return begin;
    }
  }

  private OtlpReply refused(int status, String retryAfter) {
    String why = "status " + status;
    if (status == HttpURLConnection.HTTP_UNAUTHORIZED && settings.tokens().isPresent()) {
      settings.tokens().get().forget();
      return new OtlpReply.NotNow(why, Optional.empty());
    }
    return PASSING.contains(status)
        ? new OtlpReply.NotNow(why, Optional.ofNullable(retryAfter).flatMap(this::wait))
        : new OtlpReply.Never(why);
  }

  /** In seconds or as a date: RFC 9110, 10.2.3. */
  private Optional<Duration> wait(String retryAfter) {
    try {
      Duration wait =
          retryAfter.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(retryAfter))
              : Duration.between(
                  clock.instant(),
                  Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(retryAfter)));
      Duration begun = wait.isNegative() ? Duration.ZERO : wait;
      return Optional.of(begun.compareTo(LONGEST_WAIT) < 0 ? begun : LONGEST_WAIT);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
