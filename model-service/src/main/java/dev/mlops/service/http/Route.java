package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** A path of the service, what may be done there and who answers. */
public final class Route {
  private final String path;
  private final byte[] pathBytes;
  private final Access access;
  private final boolean quiet;
  private final Handler handler;
  private Meter meter;

  private enum Access {
    READ("GET, HEAD"),
    WRITE("POST"),
    ANY("");

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final byte[] allow;

    Access(String allow) {
      this.allow = ("Allow: " + allow + "\r\n").getBytes(US_ASCII);
    }
  }

  private Route(String path, Access access, boolean quiet, Handler handler) {
    this.path = path;
    this.pathBytes = path.getBytes(US_ASCII);
    this.access = access;
    this.quiet = quiet;
    this.handler = handler;
  }

  /** Answers GET and HEAD. */
  public static Route get(String path, Handler handler) {
    return new Route(path, Access.READ, false, handler);
  }

  /** As {@link #get}, asked by machines every few seconds: its failures are not worth a line. */
  public static Route health(String path, Handler handler) {
    return new Route(path, Access.READ, true, handler);
  }

  /** Answers POST. */
  public static Route post(String path, Handler handler) {
    return new Route(path, Access.WRITE, false, handler);
  }

  /** Whatever leads nowhere, under one name. */
  static Route nowhere() {
    return new Route("other", Access.ANY, false, (_, response) -> response.refuse(Fault.NOT_FOUND));
  }

  /** As metrics and logs name it, too; of a fixed number. */
  public String path() {
    return path;
  }

  byte[] pathBytes() {
    return pathBytes;
  }

  boolean isAt(byte[] bytes, int from, int to) {
    return Arrays.equals(bytes, from, to, pathBytes, 0, pathBytes.length);
  }

  Handler handler() {
    return handler;
  }

  /** Gives it counters, if it has none yet. */
  void open(int loops) {
    if (meter == null) {
      meter = new Meter(loops);
    }
  }

  Meter meter() {
    return meter;
  }

  /** The Allow header, with its end. */
  byte[] allow() {
    return access.allow;
  }

  boolean allows(Verb verb) {
    return switch (access) {
      case READ -> verb == Verb.GET || verb == Verb.HEAD;
      case WRITE -> verb == Verb.POST;
      case ANY -> true;
    };
  }

  boolean isQuiet() {
    return quiet;
  }

  /** Whether a service at its limit refuses it: all but what is asked of a service in trouble. */
  boolean isWork() {
    return access == Access.WRITE;
  }
}
