/**
 * The way in: {@link dev.mlops.Main} wires console, command line and platforms together, and is the
 * only one that ends the process.
 */
package dev.mlops;
