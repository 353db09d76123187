package dev.mlops.platform.gcp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is waited for, in a few words for the live view. */
final class Waits {
  private static final Pattern OPERATION = Pattern.compile("operation-[0-9a-z-]+");

  private Waits() {}

  static String words(Fault fault) {
    return switch (fault.kind()) {
      case BUSY -> "waiting for " + operation(fault);
      case STALE -> "somebody else wrote meanwhile: reading again";
      case UNSEEN -> "waiting until Google knows the account everywhere";
      case DISABLED -> "waiting until the API answers";
      case THROTTLED -> "Google wants fewer calls: waiting";
      case UNAVAILABLE -> "Google did not answer: asking again";
      case UNBILLED -> "waiting until the billing account takes effect";
      case ABSENT, EXISTS, QUOTA, DENIED, UNAUTHENTICATED, REJECTED -> fault.message();
    };
  }

  /** The name of the operation that is at work, where the answer tells it. */
  private static String operation(Fault fault) {
    Matcher named = OPERATION.matcher(fault.message());
    return named.find() ? named.group() + ", which is at work on the cluster" : "another operation";
  }
}
