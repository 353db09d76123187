/** The life of the serving process: settings, start, readiness, drain; and its own warm-up run. */
package dev.mlops.service.serve;
