package dev.mlops.service.http;

/**
 * Where to listen.
 *
 * @param host address of an interface; 0.0.0.0 for all
 * @param port 0 for any that is free
 * @param connections beyond which idle ones are closed, or predictions refused if none is idle
 * @param patience with slow clients
 */
public record Listen(String host, int port, int connections, Patience patience) {}
