package dev.mlops.service.trace;

import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.telemetry.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Sends spans to a collector by OTLP over HTTP, from a thread of its own. A batch that the
 * collector does not take is lost, and the next one waits a while: nothing else is held up.
 */
public final class OtlpExporter implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final OtlpSettings settings;
  private final JsonLog log;
  private final SpanQueue queue;
  private final Thread sender;
  private boolean failing; // the sender's own

  private OtlpExporter(OtlpSettings settings, JsonLog log) {
    this.settings = settings;
    this.log = log;
    queue = new SpanQueue(settings.batch().queue());
    sender = Thread.ofPlatform().daemon().name("spans").unstarted(this::run);
  }

  public static OtlpExporter start(OtlpSettings settings, JsonLog log) {
    OtlpExporter exporter = new OtlpExporter(settings, log);
    exporter.sender.start();
    return exporter;
  }

  /** Where to put spans. */
  public SpanQueue queue() {
    return queue;
  }

  /** Sends what still waits, for at most two seconds. */
  @Override
  public void close() {
    sender.interrupt();
    try {
      sender.join(LAST_WORDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (true) {
        if (send(queue.take(settings.batch().most(), settings.batch().delay()))) {
          pause = FIRST_PAUSE;
        } else {
          Thread.sleep(pause);
          pause =
              pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                  ? pause.multipliedBy(2)
                  : LONGEST_PAUSE;
        }
      }
    } catch (InterruptedException _) {
      sendRest();
    }
  }

  private void sendRest() {
    List<Span> rest = queue.rest(settings.batch().most());
    while (!rest.isEmpty() && send(rest)) {
      rest = queue.rest(settings.batch().most());
    }
  }

  private boolean send(List<Span> spans) {
    String fault = post(SpanMessage.of(settings.resource(), spans));
    if (fault.isEmpty()) {
      queue.exported(spans.size());
    } else {
      queue.refused(spans.size());
    }
    tell(fault);
    return fault.isEmpty();
  }

  /** A line when it begins to fail and one when it works again, not one for each batch. */
  private void tell(String fault) {
    if (!failing && !fault.isEmpty()) {
      log.log(
          Severity.WARNING,
          "Spans are lost: " + settings.endpoint() + " did not take them: " + fault);
    }
    if (failing && fault.isEmpty()) {
      log.log(Severity.INFO, "Spans are taken again by " + settings.endpoint());
    }
    failing = !fault.isEmpty();
  }

  /** Empty if the collector has taken it. */
  private String post(byte[] body) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) settings.endpoint().toURL().openConnection();
      int millis = Math.toIntExact(settings.timeout().toMillis());
      connection.setConnectTimeout(millis);
      connection.setReadTimeout(millis);
      connection.setRequestMethod("POST");
      connection.setInstanceFollowRedirects(false);
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/x-protobuf");
      settings.headers().forEach(connection::setRequestProperty);
      write(connection, body);
      int status = connection.getResponseCode();
      try (var answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        if (answer != null) {
          answer.transferTo(OutputStream.nullOutputStream());
        }
      }
      return status / 100 == 2 ? "" : "status " + status;
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void write(HttpURLConnection connection, byte[] body) throws IOException {
    if (settings.gzip()) {
      connection.setRequestProperty("Content-Encoding", "gzip");
    } else {
      connection.setFixedLengthStreamingMode(body.length);
    }
    try (OutputStream out =
        settings.gzip()
            ? new GZIPOutputStream(connection.getOutputStream())
            : connection.getOutputStream()) {
      out.write(body);
    }
  }
}
