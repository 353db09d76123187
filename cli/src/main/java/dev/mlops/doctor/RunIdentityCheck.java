package dev.mlops.doctor;

import dev.mlops.ci.GitHub;
import dev.mlops.ci.RunClaims;
import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Check;
import dev.mlops.platform.Federation;
import dev.mlops.platform.Federation.Verdict;
import dev.mlops.platform.Platform;
import dev.mlops.problem.Code;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the platform lets in the runs that GitHub will send: {@code mlops ci check --subject}.
 */
record RunIdentityCheck(Project project, Platform platform, Map<String, String> variables)
    implements Check {
  @Override
  public String id() {
    return "run-identity";
  }

  @Override
  public String title() {
    return "Identity of runs";
  }

  @Override
  public Result look() throws InterruptedException {
    Federation federation = platform.provisioning().federation();
    Optional<String> repository = project.config().ci().repository();
    if (federation.equals(Federation.NONE)) {
      return new Result.NotApplicable("nobody has to log in there");
    }
    if (repository.isEmpty() && !variables.containsKey("GITHUB_REPOSITORY")) {
      return new Result.NotApplicable("ci.repository is not set");
    }
    Optional<GitHub> github = GitHub.of(variables, repository);
    if (github.isEmpty()) {
      return new Result.NotApplicable("GITHUB_TOKEN is not set, so GitHub can't be asked");
    }
    Federation.Claims sent = RunClaims.of(github.get()).of(project.environment());
    return switch (federation.judge(sent)) {
      case Verdict.Admitted(String how) -> new Result.Fine(how);
      case Verdict.Untold(String why) -> new Result.NotApplicable(why);
      case Verdict.Refused(var expected, String next) ->
          throw Code.CI_IDENTITY.problem(
              "Runs for environment " + project.environment() + " are not let in",
              "GitHub sends " + sent.subject() + "; expected: " + String.join(", ", expected),
              next);
    };
  }
}
