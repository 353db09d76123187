package dev.mlops.service.http;

/**
 * Where to listen.
 *
 * @param host address of an interface; 0.0.0.0 for all
 * @param port 0 for any that is free
 * @param connections beyond which predictions are refused with 503
 * @param patience with slow clients
 */
public record Listen(String host, int port, int connections, Patience patience) {}
