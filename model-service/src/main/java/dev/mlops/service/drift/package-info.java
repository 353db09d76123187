/**
 * How far the rows that are asked for have moved from the rows that were trained on: counted per
 * bin, so that the counts of threads, replicas and hours merge by addition.
 */
package dev.mlops.service.drift;
