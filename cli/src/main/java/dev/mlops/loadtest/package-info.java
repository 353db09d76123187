/**
 * The load tester. Users wait, send and read on {@code java.nio} loops of our own; every request is
 * recorded, first from the moment it was meant to be sent, then from the moment it was.
 */
package dev.mlops.loadtest;
