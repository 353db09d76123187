/** The ladder of `mlops doctor`: from the config to a real prediction. */
package dev.mlops.doctor;
