package dev.mlops.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WorkflowCheckTest {
  private static final String COMMIT = "08c6903cd8c0fde910a37f88322edcfb5dd907a8";

  private static final String GOOD =
      """
      name: CI
      on:
        push:
          branches: [main]
      permissions:
        contents: read
      concurrency:
        group: ci-${{ github.ref }}
      env:
        STAGE: ${{ vars.STAGE }}
      jobs:
        test:
          runs-on: ${{ matrix.os }}
          timeout-minutes: 10
          strategy:
            matrix:
              os: [ubuntu-latest]
              include:
                - os: macos-latest
                  slow: true
          outputs:
            digest: ${{ steps.build.outputs.digest }}
          steps:
            - uses: actions/checkout@COMMIT # v5.0.0
            - id: build
              if: ${{ !matrix.slow && hashFiles('**/pom.xml') != '' }}
              run: echo "digest=$GITHUB_SHA" >> "$GITHUB_OUTPUT"
            - if: always() && steps.build.outcome == 'success'
              env:
                TITLE: ${{ github.event.head_commit.message }}
              run: |
                echo "$TITLE"
                echo "${{ runner.os }}"
        deploy:
          needs: test
          if: github.ref == 'refs/heads/main' && needs.test.result == 'success'
          runs-on: ubuntu-latest
          timeout-minutes: 10
          environment:
            name: prod
            url: ${{ steps.up.outputs.url }}
          steps:
            - id: up
              run: ./mlopsw up --env prod
              env:
                DIGEST: ${{ needs.test.outputs['digest'] }}
      """
          .replace("COMMIT", COMMIT);

  /** A change to the good one, and where and how it is found out. */
  static Stream<Arguments> faults() {
    return Stream.of(
        fault("branches: [main]", "branches: { main: ${{ x }} }", "4:", "yaml"),
        fault("jobs:", "jbos:", "11:1: unknown-key", "did you mean 'jobs'?"),
        fault("timeout-minutes: 10\n    strategy", "timeout: 10\n    strategy", "14:5", "unknown"),
        fault("push:", "pusch:", "3:3: unknown-event", "did you mean 'push'?"),
        fault("needs: test", "needs: tset", "35:12: unknown-reference", "did you mean 'test'?"),
        fault("needs: test", "needs: deploy", "35:12: unknown-reference", "waits for itself"),
        fault("steps.build.outcome", "steps.bild.outcome", "28:13: unknown-reference", "build"),
        fault("needs.test.outputs", "needs.tests.outputs", "46:19: unknown-reference", "needs"),
        fault("matrix.os }}", "matrix.system }}", "13:14: unknown-reference", "matrix"),
        fault("runner.os", "runer.os", "33:14:", "did you mean 'runner'?"),
        fault("vars.STAGE", "steps.build.id", "10:10: unknown-context", "can't be used here"),
        fault("if: github.ref", "if: secrets.KEY && github.ref", "36:9: unknown-context", "here"),
        fault("hashFiles(", "hashfile(", "26:13: unknown-function", "hashfiles"),
        fault("${{ runner.os }}", "${{ runner.os }", "31:14: torn-expression", "without"),
        fault("run: ./mlopsw", "uses: ./x\n        run: ./mlopsw", "43:9: missing-key", "not both"),
        fault("runs-on: ubuntu-latest\n", "\n", "35:5: missing-key", "`runs-on` is missing"),
        fault("- id: up", "- id: up\n      - id: up", "44:9: bad-name", "two steps"),
        fault("@" + COMMIT, "@v5", "24:15: unpinned-action", "name the commit"),
        fault("@" + COMMIT, "", "24:15: unpinned-action", "names no version"),
        fault("permissions:\n  contents: read\n", "", "10:3: permissions", "says no `permissions`"),
        fault("contents: read", "content: read", "6:3: permissions", "did you mean 'contents'?"),
        fault("contents: read", "contents: admin", "6:13: permissions", "read, write or none"),
        fault("permissions:\n  contents: read", "permissions: write-all", "5:14", "every right"),
        fault("runner.os", "github.head_ref", "33:14:", "script-injection"),
        fault("runner.os", "github.event.pull_request.title", "33:14:", "script-injection"),
        fault(
            "env:\n          DIGEST",
            "env:\n          AWS_SECRET_ACCESS_KEY: x\n          D",
            "46:11",
            "stays"),
        fault("echo \"$TITLE\"", "echo AKIAIOSFODNN7EXAMPLE", "31:14: static-key", "revoke"),
        fault(
            "push:\n    branches: [main]",
            "pull_request_target:\n    branches: [main]",
            "name: CI",
            "with:\n          ref: ${{ github.event.pull_request.head.sha }}"));
  }

  private static Arguments fault(String what, String with, String where, String why) {
    return Arguments.of(what, with, where, why);
  }

  @Test
  void findsNothingInAGoodOne() {
    assertEquals(List.of(), WorkflowCheck.check(GOOD, "ci.yml"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void findsAFaultAndItsPlace(String what, String with, String where, String why) {
    assertTrue(GOOD.contains(what), what);
    String faulty =
        GOOD.replaceFirst(
            java.util.regex.Pattern.quote(what), java.util.regex.Matcher.quoteReplacement(with));
    if (why.startsWith("with:")) {
      faulty = faulty.replace("# v5.0.0\n", "# v5.0.0\n        " + why + "\n");
      assertTrue(WorkflowCheck.check(faulty, "ci.yml").toString().contains("foreign-code"), faulty);
      return;
    }
    List<String> found =
        WorkflowCheck.check(faulty, "ci.yml").stream().map(Finding::toString).toList();

    assertTrue(
        found.stream().anyMatch(line -> line.startsWith("ci.yml:" + where) && line.contains(why)),
        found + "\n" + faulty);
  }

  @Test
  void aJobThatMayHangOrOverlapIsWarnedOf() {
    String loose =
        GOOD.replaceAll("(?m)^    timeout-minutes: 10\n", "")
            .replace("concurrency:\n  group: ci-${{ github.ref }}\n", "");
    List<Finding> found = WorkflowCheck.check(loose, "ci.yml");

    assertEquals(
        List.of("no-timeout", "no-timeout", "no-concurrency"),
        found.stream().map(Finding::rule).sorted(java.util.Comparator.reverseOrder()).toList());
    assertTrue(found.stream().allMatch(f -> f.severity() == Finding.Severity.WARNING));
  }

  @Test
  void whatCanNotBeReadIsNotCalledGood() {
    assertFalse(WorkflowCheck.check("", "ci.yml").isEmpty());
    assertFalse(WorkflowCheck.check("- a\n- b\n", "ci.yml").isEmpty());
    assertFalse(WorkflowCheck.check("jobs: [1", "ci.yml").isEmpty());
    assertFalse(WorkflowCheck.check("on: push\njobs: {a: }\n", "ci.yml").isEmpty());
    assertFalse(WorkflowCheck.check("on: push\njobs: {a: &x {}, b: *x}\n", "ci.yml").isEmpty());
  }

  @Test
  void theProjectsOwnKeepTheRules() {
    for (Path file : WorkflowCheck.files(Path.of(".."))) {
      assertEquals(List.of(), WorkflowCheck.check(file), file.toString());
    }
    assertFalse(WorkflowCheck.files(Path.of("..")).isEmpty());
  }
}
