package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every request that will be sent, rendered once, byte for byte as it goes over the wire. */
final class RequestRing {
  private final ByteBuffer bytes;
  private final int[] ends;

  private RequestRing(ByteBuffer bytes, int[] ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  static RequestRing render(LoadPlan plan) {
    List<byte[]> requests = new ArrayList<>();
    for (String body : plan.request().payloads().render(plan.seed())) {
      requests.add(request(plan, body));
    }
    int[] ends = new int[requests.size()];
    ByteBuffer bytes = ByteBuffer.allocateDirect(requests.stream().mapToInt(r -> r.length).sum());
    for (int i = 0; i < ends.length; i++) {
      bytes.put(requests.get(i));
      ends[i] = bytes.position();
    }
    return new RequestRing(bytes.flip(), ends);
  }

  /** The same requests with a position of its own, for one thread. */
  RequestRing view() {
    return new RequestRing(bytes.duplicate(), ends);
  }

  int size() {
    return ends.length;
  }

  int length(int index) {
    return ends[index] - start(index);
  }

  /**
   * What is left of a request to be written; valid until the next call.
   *
   * @param written bytes of it that are out already
   */
  ByteBuffer rest(int index, int written) {
    return bytes.limit(ends[index]).position(start(index) + written);
  }

  private int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  private static byte[] request(LoadPlan plan, String body) {
    byte[] content = body.getBytes(UTF_8);
    LoadPlan.Request request = plan.request();
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.path()).append(" HTTP/1.1\r\n");
    headers(plan, content.length)
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    byte[] start = head.append("\r\n").toString().getBytes(UTF_8);
    return ByteBuffer.allocate(start.length + content.length).put(start).put(content).array();
  }

  private static Map<String, String> headers(LoadPlan plan, int contentLength) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Host", plan.target().getAuthority());
    headers.put("User-Agent", "mlops-loadtest");
    headers.put("Accept", "application/json");
    if (contentLength > 0) {
      headers.put("Content-Type", "application/json");
    }
    headers.putAll(plan.request().headers());
    if (contentLength > 0 || !plan.request().method().equals("GET")) {
      headers.put("Content-Length", String.valueOf(contentLength));
    }
    return headers;
  }
}
