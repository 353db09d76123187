/**
 * One class per verb: flags to a request, the request to a recipe, what came of it to a view. No
 * verb's own work is done here.
 */
package dev.mlops.command;
