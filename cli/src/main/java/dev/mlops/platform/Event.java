package dev.mlops.platform;

import java.time.Instant;

/**
 * Something that went wrong with what runs, as the platform noted it, and is not over yet.
 *
 * @param at the last time that it was seen
 * @param subject what it is about, such as {@code Pod iris-7cb48f866c-7cn4v}
 * @param reason the platform's word for it, such as {@code Unhealthy}
 * @param count how often it was seen
 */
public record Event(Instant at, String subject, String reason, String message, int count) {}
