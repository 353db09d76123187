package dev.mlops.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The commit that a project stands at.
 *
 * @param dirty whether tracked files differ from it
 */
public record GitState(String commit, boolean dirty) {
  /** Nothing where there is no git, no repository or no commit yet. */
  public static Optional<GitState> of(Path folder) throws InterruptedException {
    Optional<String> commit = git(folder, "rev-parse", "--verify", "--quiet", "HEAD");
    Optional<String> changes = git(folder, "status", "--porcelain", "--untracked-files=no");
    return commit.map(
        hash -> new GitState(hash.strip(), changes.map(text -> !text.isBlank()).orElse(true)));
  }

  private static Optional<String> git(Path folder, String... arguments)
      throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
