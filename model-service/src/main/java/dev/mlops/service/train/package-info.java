/** Turns a table into an artifact: the same bytes for the same data, request and version. */
package dev.mlops.service.train;
