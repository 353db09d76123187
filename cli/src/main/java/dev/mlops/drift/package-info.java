/** How far what the replicas were asked is from what the model was trained on, merged over them. */
package dev.mlops.drift;
