package dev.mlops.loadtest;

/** Decides when which user sends a request: one for each loop, used by its thread alone. */
interface Traffic {
  /** Sends what it is told. */
  interface Sender {
    /** A user with a connection still to be opened. */
    User user();

    /**
     * @param intended the moment for which the request was meant
     * @param possible the first moment at which it could be sent: later than intended if the
     *     service itself held the user up
     */
    void send(User user, long intended, long possible);

    /** A request that was meant to be sent and can't be. */
    void unsent(long intended, Failure failure);

    /** Closes a user's connection, who sends nothing for now. */
    void retire(User user);
  }

  /** When {@link #begin} has something to do next. */
  long nextMoment(long now);

  /** Begins every request whose moment has come. */
  void begin(long now, Sender sender);

  /** The user's request has ended, in an answer or not. */
  void ended(User user, long now);

  /** Whether requests are left that were meant for before the end: they are sent, even if late. */
  boolean hasBacklog();

  /** Gives up on those. */
  void abandon(Sender sender);

  /** Users at work, or those that were needed at once. */
  int users();
}
