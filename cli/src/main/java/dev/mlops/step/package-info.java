/**
 * One class per step of a plan. Each may be repeated at will: it looks first, and changes only what
 * differs.
 */
package dev.mlops.step;
