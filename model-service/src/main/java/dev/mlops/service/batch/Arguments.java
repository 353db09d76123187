package dev.mlops.service.batch;

import dev.mlops.service.problem.Code;
import dev.mlops.service.problem.Guess;
import dev.mlops.service.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of the form {@code --name value}. */
final class Arguments {
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * @throws ProblemException if there is an option that is not known, or one without a value
   */
  Arguments(List<String> words, List<String> known) {
    for (int i = 0; i < words.size(); i += 2) {
      String name = words.get(i);
      if (!known.contains(name)) {
        throw Code.REQUEST.problem("There is no option " + name, Guess.among(known, name), "");
      }
      if (i + 1 == words.size()) {
        throw Code.REQUEST.problem("The option " + name + " needs a value", "", "");
      }
      values.put(name, words.get(i + 1));
    }
  }

  /**
   * @throws ProblemException if the option is not given
   */
  String get(String name) {
    return find(name)
        .orElseThrow(() -> Code.REQUEST.problem("The option " + name + " is not given", "", ""));
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
