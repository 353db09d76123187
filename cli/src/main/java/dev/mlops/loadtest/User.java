package dev.mlops.loadtest;

/** One user: a connection of its own and at most one request under way. Made once, then reused. */
final class User {
  /** Neighbours in {@link InFlight}. */
  User before;

  User after;

  final Connection connection;
  final Call call = new Call();

  final Refusals refusals = new Refusals();

  /** When the last answer was there: no request of this user could begin earlier. */
  long freeSince;

  User(ResponseParser response) {
    this.connection = new Connection(response);
  }
}
