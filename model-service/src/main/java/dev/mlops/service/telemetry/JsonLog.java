package dev.mlops.service.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * JSON lines, written by a thread of their own. Whoever logs never waits: when the reader of the
 * output is slower than the service, lines are dropped and counted.
 */
public final class JsonLog implements AutoCloseable, MetricSource {
  private static final int CAPACITY = 1024;
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  // Cloud Logging takes these out of the line; CloudWatch and Azure Monitor read trace_id.
  private static final String GOOGLE_TRACE = "logging.googleapis.com/trace";
  private static final String GOOGLE_SPAN = "logging.googleapis.com/spanId";
  private static final String GOOGLE_SAMPLED = "logging.googleapis.com/trace_sampled";

  private final BlockingQueue<LogLine> lines = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private final JsonFactory json =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();
  private final String googlePrefix;
  private final OutputStream out;
  private final Thread writer;
  private boolean closing; // the writer's own

  public JsonLog(OutputStream out) {
    this(out, Optional.empty());
  }

  /**
   * @param googleProject whose traces Cloud Logging is to look a trace up in
   */
  public JsonLog(OutputStream out, Optional<String> googleProject) {
    this.googlePrefix = googleProject.map(id -> "projects/" + id + "/traces/").orElse("");
    this.out = new BufferedOutputStream(out, 8192);
    writer = Thread.ofPlatform().daemon().name("log").start(this::write);
  }

  public void log(Severity severity, String message) {
    log(severity, message, Optional.empty(), Map.of());
  }

  public void log(
      Severity severity, String message, Optional<TraceContext> trace, Map<String, ?> facts) {
    if (!lines.offer(new LogLine(Instant.now(), severity, message, trace, facts))) {
      dropped.incrementAndGet();
    }
  }

  /** Writes what is still waiting, for at most two seconds. */
  @Override
  public void close() {
    writer.interrupt();
    try {
      writer.join(LAST_WORDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void writeTo(MetricsPage page) {
    page.counter("log_lines_dropped_total", "Log lines that nobody read in time.");
    page.sample(dropped.get());
  }

  private void write() {
    try {
      for (LogLine line = next(); line != null; line = next()) {
        write(line);
        if (lines.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException _) {
      // Nobody listens any more. Serving goes on; lines count as dropped once the queue is full.
    }
  }

  /** Waits for a line; after {@link #close} there is none but those that wait already. */
  private LogLine next() {
    if (!closing) {
      try {
        return lines.take();
      } catch (InterruptedException _) {
        closing = true;
      }
    }
    return lines.poll();
  }

  private void write(LogLine line) throws IOException {
    try (JsonGenerator object = json.createGenerator(out)) {
      object.writeStartObject();
      object.writeStringField("timestamp", line.time().toString());
      object.writeStringField("severity", line.severity().name());
      object.writeStringField("message", line.message());
      if (line.trace().isPresent()) {
        object.writeStringField("trace_id", line.trace().get().traceId());
        object.writeStringField("span_id", line.trace().get().spanId());
        object.writeStringField(GOOGLE_TRACE, googlePrefix + line.trace().get().traceId());
        object.writeStringField(GOOGLE_SPAN, line.trace().get().spanId());
        object.writeBooleanField(GOOGLE_SAMPLED, line.trace().get().sampled());
      }
      for (Map.Entry<String, ?> fact : line.facts().entrySet()) {
        object.writeFieldName(fact.getKey());
        switch (fact.getValue()) {
          case Integer number -> object.writeNumber(number);
          case Long number -> object.writeNumber(number);
          case Double number -> object.writeNumber(number);
          case Object text -> object.writeString(text.toString());
        }
      }
      object.writeEndObject();
    }
    out.write('\n');
  }
}
