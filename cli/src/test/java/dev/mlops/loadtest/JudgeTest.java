package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Each way to spoil a measurement, alone. */
final class JudgeTest {
  private static final long MILLI = 1_000_000;
  private static final Snapshot.SelfLoad CALM = new Snapshot.SelfLoad(10, 0.1, 0, 0, 50, 0.01);

  @Test
  void aCalmRunIsValid() {
    assertEquals(List.of(), reasons(10, CALM, 0.1, 0));
  }

  @Test
  void aBusyThreadIsTheBottleneck() {
    assertReason("the load tester was the bottleneck", reasons(10, load(95, 0, 0), 0.1, 0));
  }

  @Test
  void lagCountsAgainstTheLatencyThatItStandsIn() {
    assertReason("requests were sent late", reasons(10, CALM, 6, 0));
    assertEquals(List.of(), reasons(100, CALM, 6, 0), "6 ms are little beside 100 ms");
  }

  @Test
  void waitingForACpuStandsInEveryFigure() {
    Snapshot.SelfLoad waiting = new Snapshot.SelfLoad(10, 0.1, 0, 0, 99, 3);
    assertReason("the load tester had to wait for a CPU", reasons(10, waiting, 0.1, 0));
    assertEquals(List.of(), reasons(50, waiting, 0.1, 0), "3 ms are little beside 50 ms");
    assertEquals(new CpuQueue.Wait(21_000, 12), CpuQueue.parse("1830000 21000 12\n"));
  }

  @Test
  void garbageCollectionIsOursAndNotTheServices() {
    assertReason(
        "garbage collection or its CPU quota stopped", reasons(10, load(10, 100, 0), 0.1, 0));
  }

  @Test
  void whatTheHostTakesAwayIsSeen() {
    assertReason("the host of this virtual machine", reasons(10, load(10, 0, 9), 0.1, 0));
  }

  @Test
  void usersThatCouldNotConnectForOurReasonsAreMissing() {
    assertReason("this machine could not open all connections", reasons(10, CALM, 0.1, 3));
  }

  @Test
  void connectionsThatNeverCameAboutAreMissing() {
    assertReason("only 80.0 of 100 connections stood", openOf(100, 80, 0));
    assertEquals(List.of(), openOf(100, 96, 0));
    assertEquals(List.of(), openOf(100, 80, 20), "the target itself ended them");
  }

  private static List<String> openOf(int users, int connections, long lost) {
    Snapshot second = open(users, connections);
    return openOf(List.of(second, second), lost);
  }

  private static Snapshot open(int users, int connections) {
    return new Snapshot(
        1,
        Phase.MEASURED,
        users,
        connections,
        100,
        0,
        100,
        Optional.empty(),
        CALM,
        Optional.empty());
  }

  private static List<String> openOf(List<Snapshot> seconds, long lost) {
    Snapshot last = seconds.getLast();
    Judge judge =
        new Judge(
            new PlanFor(URI.create("http://127.0.0.1:1")).plan(),
            measured(10),
            seconds,
            times(0.1),
            new Harvest.Gauge(
                last.users(), last.connections(), 10, 0, 0, 0, 0, lost, CpuQueue.Wait.NONE),
            List.of(),
            false);
    return failed(judge);
  }

  @Test
  void secondsBeforeTheMeasuredTimeDoNotMatter() {
    Judge judge =
        judge(
            measured(10),
            List.of(second(Phase.RAMP, load(99, 900, 90)), second(Phase.MEASURED, CALM)),
            times(0.1),
            0);
    assertTrue(judge.checks().stream().allMatch(SelfCheck::passed), judge.checks().toString());
  }

  @Test
  void readsTheKernelsAccounts() {
    MachineLoad before = MachineLoad.parse("cpu  100 0 50 800 50 0 0 0 0 0").orElseThrow();
    MachineLoad after = MachineLoad.parse("cpu  150 0 60 820 60 0 0 10 7 0").orElseThrow();
    assertEquals(10, after.stealPercentSince(before), 1e-9);
    assertEquals(70, after.usedPercentSince(before), 1e-9);
    assertEquals(0, before.usedPercentSince(before));
    assertEquals(Optional.empty(), MachineLoad.parse("intr 1 2 3 4 5 6 7 8 9"));
  }

  private static Judge judge(
      Measured measured, List<Snapshot> timeline, Histogram lag, long localLimits) {
    return new Judge(
        new PlanFor(URI.create("http://127.0.0.1:1")).plan(),
        measured,
        timeline,
        lag,
        new Harvest.Gauge(1, 1, 10, 0, localLimits, 0, 0, 0, CpuQueue.Wait.NONE),
        List.of(),
        false);
  }

  private static void assertReason(String start, List<String> reasons) {
    assertEquals(1, reasons.size(), reasons.toString());
    assertTrue(reasons.getFirst().startsWith(start), reasons.getFirst());
  }

  private static List<String> reasons(
      double latency, Snapshot.SelfLoad self, double lag, long localLimits) {
    Snapshot second = second(Phase.MEASURED, self);
    List<Snapshot> seconds = List.of(second, second, second, second, second);
    return failed(judge(measured(latency), seconds, times(lag), localLimits));
  }

  private static List<String> failed(Judge judge) {
    return judge.checks().stream().filter(check -> !check.passed()).map(SelfCheck::reason).toList();
  }

  private static Snapshot.SelfLoad load(double busy, long pauses, double steal) {
    return new Snapshot.SelfLoad(busy, 0.1, pauses, steal, 50, 0.01);
  }

  private static Snapshot second(Phase phase, Snapshot.SelfLoad self) {
    return new Snapshot(1, phase, 1, 1, 100, 0, 100, Optional.empty(), self, Optional.empty());
  }

  private static Measured measured(double millis) {
    return new Measured(times(millis), 1, 0, 5);
  }

  private static Histogram times(double millis) {
    Histogram times = Times.histogram();
    times.recordValue((long) (millis * MILLI));
    return times;
  }
}
