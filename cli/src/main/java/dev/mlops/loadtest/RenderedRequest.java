package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * One request as it goes over the wire, in UTF-8.
 *
 * @param trace the byte where its trace context stands; -1 if it has none
 */
record RenderedRequest(String text, int trace) {
  private static final String TRACE_HEADER = "traceparent";

  /** All of a task. */
  static List<RenderedRequest> of(LoadPlan plan, Task task) {
    List<String> bodies = task.request().payloads().render(plan.seed());
    Template path = Template.parse(task.request().path());
    SplittableRandom random = new SplittableRandom(plan.seed());
    int count = path.isFixed() ? bodies.size() : Math.max(bodies.size(), SchemaPayloads.COUNT);
    List<RenderedRequest> requests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String body = bodies.get(i % bodies.size());
      requests.add(render(plan, task.request(), path.render(i, random), body));
    }
    return requests;
  }

  private static RenderedRequest render(
      LoadPlan plan, Task.Request request, String path, String body) {
    byte[] content = body.getBytes(UTF_8);
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append(' ').append(path).append(" HTTP/1.1\r\n");
    Map<String, String> headers = headers(plan, request, content.length);
    boolean traced = plan.bounds().traceRatio() > 0 && !headers.containsKey(TRACE_HEADER);
    int trace = -1;
    if (traced) {
      text.append(TRACE_HEADER).append(": ");
      trace = text.toString().getBytes(UTF_8).length;
      text.append(Trace.PLACE).append("\r\n");
    }
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    text.append("\r\n").append(body);
    return new RenderedRequest(text.toString(), trace);
  }

  private static Map<String, String> headers(
      LoadPlan plan, Task.Request request, int contentLength) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Host", plan.target().getAuthority());
    headers.put("User-Agent", "mlops-loadtest");
    headers.put("Accept", "application/json");
    if (contentLength > 0) {
      headers.put("Content-Type", "application/json");
    }
    headers.putAll(request.headers());
    if (contentLength > 0 || !request.method().equals("GET")) {
      headers.put("Content-Length", String.valueOf(contentLength));
    }
    return headers;
  }
}
