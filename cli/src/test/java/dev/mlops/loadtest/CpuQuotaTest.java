package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CpuQuotaTest {
  @TempDir Path root;

  @Test
  void addsUpWhatStoppedTheGroupAndThoseAboveIt() throws IOException {
    account("pods/a", "nr_periods 9\nnr_throttled 3\nthrottled_usec 250999\n");
    account("pods", "throttled_usec 1000\n");
    account(".", "usage_usec 77\n");
    assertEquals(251, stopped("0::/pods/a\n"));
    assertEquals(1, stopped("0::/pods/b\n"));
  }

  @Test
  void readsTheFirstVersionToo() throws IOException {
    account("cpu,cpuacct/pods/a", "nr_throttled 3\nthrottled_time 1500000000\n");
    assertEquals(
        1_500, stopped("7:memory:/pods/a\n4:cpu,cpuacct:/pods/a\n1:name=systemd:/pods/a\n"));
  }

  @Test
  void inAContainerThePathIsTheHostsAndTheAccountStandsAtTheTop() throws IOException {
    account("cpu", "throttled_time 3000000\n");
    assertEquals(3, stopped("4:cpu:/kubepods/burstable/pod1/c1\n"));
  }

  @Test
  void withoutAnAccountNothingStoppedIt() throws IOException {
    assertEquals(0, stopped("0::/none\n"));
    assertEquals(0, stopped("nonsense\n"));
    assertEquals(0, CpuQuota.of(root.resolve("none"), root).stoppedMillis());
  }

  private void account(String group, String text) throws IOException {
    Path folder = Files.createDirectories(root.resolve(group));
    Files.writeString(folder.resolve("cpu.stat"), text);
  }

  private long stopped(String groups) throws IOException {
    Path file = Files.writeString(root.resolve("groups"), groups);
    return CpuQuota.of(file, root).stoppedMillis();
  }
}
