package dev.mlops.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.ci.RequestComment.Outcome;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestCommentTest {
  private FakeGitHub gitHub;

  @BeforeEach
  void open() throws IOException {
    gitHub = new FakeGitHub();
  }

  @AfterEach
  void close() {
    gitHub.close();
  }

  @Test
  void thereIsOneCommentAndItFollows() throws Exception {
    assertEquals(Outcome.CREATED, comment().put("first").outcome());
    assertEquals(Outcome.UNCHANGED, comment().put("first").outcome());
    assertEquals(Outcome.UPDATED, comment().put("second").outcome());
    assertEquals(1, gitHub.comments(7).size());
    assertTrue(gitHub.comments(7).getFirst().endsWith("second"), gitHub.comments(7).toString());
    assertEquals(Outcome.REMOVED, comment().remove().outcome());
    assertEquals(Outcome.ABSENT, comment().remove().outcome());
    assertEquals(List.of(), gitHub.comments(7));
  }

  @Test
  void aPersonsCommentIsNeverTouchedWhateverItSays() throws Exception {
    comment().put("ours");
    String forged = gitHub.comments(7).getFirst();
    comment().remove();
    gitHub.comment(7, "User", forged);
    comment().put("ours again");
    comment().remove();

    assertEquals(List.of(forged), gitHub.comments(7));
  }

  @Test
  void itIsFoundOnTheThirdPage() throws Exception {
    for (int i = 0; i < 230; i++) {
      gitHub.comment(7, "User", "talk " + i);
    }
    comment().put("first");

    assertEquals(Outcome.UPDATED, comment().put("second").outcome());
  }

  @Test
  void projectsOfOneRepositoryHaveCommentsOfTheirOwn() throws Exception {
    comment().put("a");
    new RequestComment(client(), "other", 7).put("b");

    assertEquals(2, gitHub.comments(7).size());
  }

  @Test
  void aLongReportIsCutBelowGitHubsLimit() throws Exception {
    comment().put("x".repeat(100_000));

    assertTrue(gitHub.comments(7).getFirst().length() < 65_536);
    assertTrue(gitHub.comments(7).getFirst().contains("the rest stands in the run's summary"));
  }

  @Test
  void aPassingFaultOfGitHubsIsWaitedFor() throws Exception {
    gitHub.fail(2);

    assertEquals(Outcome.CREATED, comment().put("a").outcome());
  }

  @Test
  void whatGitHubRefusesIsToldWithoutTheToken() {
    Map<String, String> variables = new HashMap<>(gitHub.variablesOfAJob());
    variables.put("GITHUB_TOKEN", "s3cret");
    var comment = new RequestComment(GitHub.required(variables, Optional.empty()), "iris", 7);
    MlopsException refused = assertThrows(MlopsException.class, () -> comment.put("a"));

    assertTrue(refused.problem().message().startsWith("GitHub answers 401"));
    assertFalse(refused.problem().toString().contains("s3cret"));
  }

  @Test
  void aTokenIsNeverSentInPlainOverTheNet() {
    Map<String, String> variables = new HashMap<>(gitHub.variablesOfAJob());
    variables.put("GITHUB_API_URL", "http://api.github.com");

    assertThrows(MlopsException.class, () -> GitHub.required(variables, Optional.empty()));
  }

  private RequestComment comment() {
    return new RequestComment(client(), "iris", 7);
  }

  private GitHub client() {
    return GitHub.required(gitHub.variablesOfAJob(), Optional.empty());
  }
}
