/** Predicts rows with a trained model. */
package dev.mlops.service.model;
