/**
 * What the service answers at which path: docs/reference/http.md. Knows the model and the server;
 * neither knows of it.
 */
package dev.mlops.service.api;
