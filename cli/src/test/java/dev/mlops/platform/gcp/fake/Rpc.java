package dev.mlops.platform.gcp.fake;

import com.google.protobuf.Message;
import java.util.function.Function;

/**
 * One method of a published service.
 *
 * @param name in full, such as {@code google.container.v1.ClusterManager/GetCluster}
 * @param request the default instance, from which the wire form is read
 */
record Rpc<Q extends Message, R extends Message>(
    String name, Q request, R response, Function<Q, R> work) {

  /** By how Google names its methods. */
  boolean mutates() {
    String verb = name.substring(name.lastIndexOf('/') + 1);
    return !verb.matches("(Get|List|Test|Search|BatchGet|Fetch|Query).*");
  }
}
