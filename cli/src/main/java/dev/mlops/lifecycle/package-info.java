/**
 * One recipe per verb: which steps there are, and which needs which. What a step does is not known
 * here.
 */
package dev.mlops.lifecycle;
