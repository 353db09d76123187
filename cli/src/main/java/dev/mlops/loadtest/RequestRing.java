package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Every request of a task, rendered once, byte for byte as it goes over the wire but for its trace
 * id.
 */
final class RequestRing {
  private final byte[] bytes;
  private final int[] ends;
  private final int[] traces;

  private RequestRing(byte[] bytes, int[] ends, int[] traces) {
    this.bytes = bytes;
    this.ends = ends;
    this.traces = traces;
  }

  static RequestRing of(List<RenderedRequest> requests) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int[] ends = new int[requests.size()];
    int[] traces = new int[requests.size()];
    for (int i = 0; i < ends.length; i++) {
      int start = bytes.size();
      RenderedRequest request = requests.get(i);
      bytes.writeBytes(request.text().getBytes(UTF_8));
      ends[i] = bytes.size();
      traces[i] = request.trace() < 0 ? -1 : start + request.trace();
    }
    return new RequestRing(bytes.toByteArray(), ends, traces);
  }

  int size() {
    return ends.length;
  }

  int length(int index) {
    return ends[index] - start(index);
  }

  int longest() {
    int longest = 0;
    for (int i = 0; i < ends.length; i++) {
      longest = Math.max(longest, length(i));
    }
    return longest;
  }

  /** Puts a request into a buffer that is empty, with the call's own trace id. */
  void copy(Call call, ByteBuffer to) {
    int index = call.request();
    to.put(bytes, start(index), length(index));
    if (traces[index] >= 0) {
      Trace.write(call, to, traces[index] - start(index));
    }
  }

  private int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }
}
