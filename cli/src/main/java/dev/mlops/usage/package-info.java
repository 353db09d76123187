/** What replicas use and do, from their own metrics and the platform's. */
package dev.mlops.usage;
