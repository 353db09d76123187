package dev.mlops.service.artifact;

/**
 * A number; in a row, itself.
 *
 * @param spread of the training rows
 * @param integer every training value was whole
 */
public record NumberFeature(String name, Spread spread, boolean integer, boolean missing)
    implements Feature {}
