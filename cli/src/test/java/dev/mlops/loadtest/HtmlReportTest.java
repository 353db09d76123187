package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class HtmlReportTest {
  private static final String ATTACK = "<script>alert('x')</script>";

  @Test
  void aLongTestStaysASmallPage() {
    String page = page(3_600, true, List.of());
    assertTrue(page.getBytes(UTF_8).length < 500_000, "bytes: " + page.getBytes(UTF_8).length);
    assertTrue(page.contains("Replicas"));
  }

  @Test
  void needsNothingFromElsewhere() {
    String page = page(30, true, List.of(new ErrorCount("status 500", 3, ATTACK)));
    assertFalse(Pattern.compile("(src|href)=|@import|url\\(|<script").matcher(page).find());
    assertTrue(page.contains("&lt;script&gt;alert"), "what the server sent is shown as text");
  }

  @Test
  void doesNotTellWhatHeadersHold() {
    assertFalse(page(30, false, List.of()).contains("s3cret"));
  }

  @Test
  void saysBoldlyThatFiguresDoNotCount() {
    assertFalse(page(30, false, List.of()).contains("These figures do not count"));
    String page = new HtmlReport(result(30, false, List.of(), false)).page();
    assertTrue(page.contains("These figures do not count"));
    assertTrue(page.contains("the load tester was the bottleneck"));
  }

  @Test
  void aTestWithoutOneGoodAnswerHasAPageToo() {
    LoadResult some = result(5, false, List.of(new ErrorCount("timeout", 7, "")), false);
    LoadResult none =
        new LoadResult(
            new Totals(7, 7, 5, Optional.empty(), Optional.empty()),
            Map.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            some.evidence(),
            some.report());
    String page = new HtmlReport(none).page();
    assertTrue(page.contains("timeout"));
    assertFalse(page.contains("NaN"));
    assertFalse(page.contains("Latency by percentile"));
  }

  @Test
  void axesHaveRoundTicks() {
    assertEquals(List.of(0.0, 100.0, 200.0, 300.0, 400.0), Axis.linear(367).ticks());
    assertEquals(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0), Axis.linear(4.2).ticks());
    assertEquals(List.of(1.0, 10.0, 100.0), Axis.log(3, 70).ticks());
    assertEquals(0.5, Axis.log(1, 99).share(10), 1e-9);
    assertEquals(0, Axis.log(1, 99).share(0));
  }

  private static String page(int seconds, boolean replicas, List<ErrorCount> errors) {
    return new HtmlReport(result(seconds, replicas, errors, true)).page();
  }

  private static LoadResult result(
      int seconds, boolean replicas, List<ErrorCount> errors, boolean valid) {
    Histogram times = Times.histogram();
    times.recordValueWithCount(3_000_000, 1_000);
    times.recordValueWithCount(900_000_000, 3);
    Optional<Percentiles> percentiles = Percentiles.of(times);
    List<Snapshot> timeline = new ArrayList<>();
    for (int second = 1; second <= seconds; second++) {
      timeline.add(
          new Snapshot(
              second,
              Phase.MEASURED,
              100,
              100,
              1_003,
              0,
              1_003,
              second % 7 == 0 ? Optional.empty() : percentiles,
              new Snapshot.SelfLoad(5, 0.1, 0, 0, 50, 0),
              replicas && second > 3
                  ? Optional.of(new ReplicaSampler.Sample(4, 2, Optional.empty()))
                  : Optional.empty()));
    }
    SelfCheck check =
        new SelfCheck(
            "Busy", "1 %", "90 %", valid, valid ? "" : "the load tester was the bottleneck");
    Evidence evidence =
        new Evidence(
            plan(),
            Instant.EPOCH,
            Evidence.Machine.here(),
            timeline,
            Evidence.Spectrum.of(times),
            Evidence.Spectrum.of(times),
            errors,
            List.of(),
            List.of(check),
            0,
            0);
    long failed = errors.stream().mapToLong(ErrorCount::count).sum();
    return new LoadResult(
        new Totals(1_003, failed, seconds, percentiles, percentiles),
        Map.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        evidence,
        Path.of("report.html"));
  }

  private static LoadPlan plan() {
    return new PlanFor(URI.create("http://127.0.0.1:8000"))
        .users("100", 50, "1s")
        .sends(Map.of("Authorization", "s3cret"), new Payloads.Literal("{}"))
        .millis(30_000)
        .plan();
  }
}
