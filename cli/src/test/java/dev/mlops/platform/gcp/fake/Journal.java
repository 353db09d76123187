package dev.mlops.platform.gcp.fake;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every call that came in, whole, in the order of arrival. */
public final class Journal {
  /**
   * One call.
   *
   * @param method gRPC's full name such as {@code google.container.v1.ClusterManager/GetCluster},
   *     or verb and path of a REST call
   * @param request its body as JSON; empty where there is none
   * @param headers those that could carry a secret, as they came
   * @param mutates whether it asks for a change
   */
  public record Call(String method, String request, String headers, boolean mutates) {
    /** The last part of the name, such as {@code GetCluster}. */
    public String verb() {
      return method.substring(method.lastIndexOf('/') + 1);
    }
  }

  private final List<Call> calls = new CopyOnWriteArrayList<>();

  void add(Call call) {
    calls.add(call);
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  public List<Call> mutations() {
    return calls.stream().filter(Call::mutates).toList();
  }

  public long count(String verb) {
    return calls.stream().filter(call -> call.verb().equals(verb)).count();
  }

  public void clear() {
    calls.clear();
  }
}
