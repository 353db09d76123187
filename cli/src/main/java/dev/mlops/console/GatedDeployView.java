package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.loadtest.LoadResult;
import java.util.List;
import java.util.Optional;

/**
 * The answer of `mlops deploy --loadtest`.
 *
 * @param load absent if nothing could be measured
 * @param back the release that the environment went back to, if the load test was missed
 */
public record GatedDeployView(RunView run, Optional<LoadResult> load, Optional<String> back)
    implements View {
  @Override
  public void text(Text text) {
    load.ifPresent(result -> new LoadView(result, List.of()).text(text));
    back.ifPresent(release -> text.line("  back at release " + release));
    run.text(text);
  }

  @Override
  public String essential() {
    return run.essential();
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = run.json();
    load.ifPresent(result -> json.set("loadtest", result.json()));
    back.ifPresent(release -> json.put("rolledBackTo", release));
    return json;
  }
}
