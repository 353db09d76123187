/**
 * Reads and writes small JSON documents without reflection: the service starts on this path, and
 * binding to classes would cost more than reading.
 */
package dev.mlops.service.json;
