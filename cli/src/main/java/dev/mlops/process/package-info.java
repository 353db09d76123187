/** Programs that this one starts, and that must not outlive it. */
package dev.mlops.process;
