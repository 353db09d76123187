/** What things cost by the list: dated tables as data, and estimates that name date and region. */
package dev.mlops.cost;
