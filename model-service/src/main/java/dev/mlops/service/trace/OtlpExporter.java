package dev.mlops.service.trace;

import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.telemetry.Severity;
import dev.mlops.service.trace.OtlpReply.Never;
import dev.mlops.service.trace.OtlpReply.NotNow;
import dev.mlops.service.trace.OtlpReply.Taken;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sends spans to a collector by OTLP over HTTP, from a thread of its own. A batch that the
 * collector can't take just now is tried again a few times; what finds no room in the queue
 * meanwhile is lost, and nothing else is held up.
 */
public final class OtlpExporter implements AutoCloseable {
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final OtlpSettings settings;
  private final Backoff backoff;
  private final JsonLog log;
  private final OtlpClient client;
  private final SpanQueue queue;
  private final Thread sender;
  private final SplittableRandom random = new SplittableRandom();
  private boolean failing; // the sender's own

  private OtlpExporter(OtlpSettings settings, Backoff backoff, JsonLog log) {
    this.settings = settings;
    this.backoff = backoff;
    this.log = log;
    client = new OtlpClient(settings);
    queue = new SpanQueue(settings.batch().queue());
    sender = Thread.ofPlatform().daemon().name("spans").unstarted(this::run);
  }

  public static OtlpExporter start(OtlpSettings settings, JsonLog log) {
    return start(settings, Backoff.USUAL, log);
  }

  static OtlpExporter start(OtlpSettings settings, Backoff backoff, JsonLog log) {
    OtlpExporter exporter = new OtlpExporter(settings, backoff, log);
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
    List<Span> batch = List.of();
    try {
      while (true) {
        batch = queue.take(settings.batch().most(), settings.batch().delay());
        send(batch);
        batch = List.of();
      }
    } catch (InterruptedException _) {
      sendRest(batch);
    }
  }

  /** Each batch once: there is no time left to wait. */
  private void sendRest(List<Span> unsent) {
    List<Span> batch = unsent.isEmpty() ? queue.rest(settings.batch().most()) : unsent;
    while (!batch.isEmpty() && ended(batch, attempt(message(batch)))) {
      batch = queue.rest(settings.batch().most());
    }
  }

  private void send(List<Span> spans) throws InterruptedException {
    byte[] message = message(spans);
    OtlpReply reply = attempt(message);
    for (int i = 1; i < backoff.attempts() && reply instanceof NotNow notNow; i++) {
      Thread.sleep(notNow.after().orElse(backoff.pause(i, random)));
      reply = attempt(message);
    }
    ended(spans, reply);
  }

  private byte[] message(List<Span> spans) {
    return SpanMessage.of(settings.resource(), spans);
  }

  private OtlpReply attempt(byte[] message) {
    OtlpReply reply = client.post(message);
    switch (reply) {
      case Taken(PartialSuccess but) when but.rejected() > 0 ->
          fails("it left out " + but.rejected() + " spans, saying '" + but.why() + "'");
      case Taken _ -> works();
      case NotNow(String why, _) -> fails(why);
      case Never(String why) -> fails(why);
    }
    return reply;
  }

  private boolean ended(List<Span> spans, OtlpReply reply) {
    int lost =
        switch (reply) {
          case Taken(PartialSuccess but) -> Math.clamp(but.rejected(), 0, spans.size());
          case NotNow _, Never _ -> spans.size();
        };
    queue.refused(lost);
    queue.exported(spans.size() - lost);
    return reply instanceof Taken;
  }

  /** A line when it begins to fail and one when it works again, not one for each batch. */
  private void fails(String why) {
    if (!failing) {
      log.log(
          Severity.WARNING,
          "Spans are lost if this goes on: " + settings.endpoint() + " did not take them: " + why);
    }
    failing = true;
  }

  private void works() {
    if (failing) {
      log.log(Severity.INFO, "Spans are taken again by " + settings.endpoint());
    }
    failing = false;
  }
}
