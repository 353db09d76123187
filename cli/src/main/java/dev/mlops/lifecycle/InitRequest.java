package dev.mlops.lifecycle;

import dev.mlops.ci.ToolPin;
import dev.mlops.config.Name;
import dev.mlops.scaffold.Beginning;
import dev.mlops.scaffold.Layout;
import dev.mlops.scaffold.Scraping;
import dev.mlops.training.Installation;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What kind of project to begin.
 *
 * @param folder absolute; made if it is not there
 * @param name left out, the nearest name to the folder's
 * @param scraping absent where nobody is to watch the service
 * @param force whether other files of the same names are replaced
 */
public record InitRequest(
    Path folder,
    Optional<Name> name,
    Beginning beginning,
    Optional<Scraping> scraping,
    boolean force) {
  private static final String NAME_OF_LAST_RESORT = "mlops-project";

  Layout layout() {
    var tool = new ToolPin(Installation.locate().home());
    return name.map(named -> new Layout(folder, named, "--name", scraping, tool))
        .orElseGet(() -> {
          Name near = Name.from(String.valueOf(folder.getFileName()), NAME_OF_LAST_RESORT);
          boolean isNear = !near.toString().equals(NAME_OF_LAST_RESORT);
          String source = isNear ? "the folder's name" : "chosen; --name gives another";
          return new Layout(folder, near, source, scraping, tool);
        });
  }
}
