/** Reads tables from CSV files, row by row, and finds out what their columns hold. */
package dev.mlops.service.data;
