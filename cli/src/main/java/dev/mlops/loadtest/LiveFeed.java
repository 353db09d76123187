package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What happens in the run under way, as events of a stream (<a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</a>).
 * Who comes later is told from the beginning.
 */
final class LiveFeed implements LoadListener {
  /** Ends a listener's stream. */
  static final String END = "";

  private final List<String> soFar = new ArrayList<>();
  private final List<BlockingQueue<String>> listeners = new ArrayList<>();
  private boolean closed;

  synchronized void begin(ObjectNode run) {
    soFar.clear();
    send("started", run);
  }

  @Override
  public synchronized void preparing(String what) {
    send("preparing", JsonNodeFactory.instance.objectNode().put("what", what));
  }

  @Override
  public synchronized void second(Snapshot now, Map<String, Totals> soFar) {
    ObjectNode json = SnapshotJson.of(now);
    ArrayNode tasks = json.putArray("tasks");
    soFar.forEach((name, totals) -> tasks.addObject().put("name", name).setAll(totals.json()));
    send("second", json);
  }

  synchronized void end(String event, ObjectNode result) {
    send(event, result);
  }

  private void send(String event, ObjectNode data) {
    String text = "event: " + event + "\ndata: " + data + "\n\n";
    soFar.add(text);
    listeners.forEach(listener -> listener.add(text));
  }

  /** Everything so far, then what comes; {@link #END} at the end. */
  synchronized BlockingQueue<String> listen() {
    BlockingQueue<String> listener = new LinkedBlockingQueue<>(soFar);
    if (closed) {
      listener.add(END);
    } else {
      listeners.add(listener);
    }
    return listener;
  }

  synchronized void leave(BlockingQueue<String> listener) {
    listeners.remove(listener);
  }

  synchronized void close() {
    closed = true;
    listeners.forEach(listener -> listener.add(END));
  }
}
