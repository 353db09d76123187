package dev.mlops.loadtest;

/**
 * One of the slowest requests.
 *
 * @param task its index in the plan
 * @param second when it was meant to be sent, from the start
 * @param latencyMillis from the intended moment
 * @param serviceMillis from the moment of sending
 * @param trace the id that it was sent with, 32 hexadecimal digits
 * @param sampled whether it asked to be traced
 */
public record SlowRequest(
    int task,
    double second,
    double latencyMillis,
    double serviceMillis,
    String trace,
    boolean sampled) {}
