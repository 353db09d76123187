/**
 * The only code that prints. A {@link dev.mlops.console.View} is an answer in its three forms:
 * text, JSON and the one essential value.
 */
package dev.mlops.console;
