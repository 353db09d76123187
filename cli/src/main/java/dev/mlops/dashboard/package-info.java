/**
 * A page on which one watches a service where there is no Grafana: its replicas' own metrics, live.
 */
package dev.mlops.dashboard;
