package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where connections come from. */
final class SourcePortsTest {
  private static final Share ALL = new Share(0, 1);

  @Test
  void eachConnectionHasAPortOfTheRangeAndWhatIsTakenIsPassedOver() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    List<SocketChannel> open = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 200, here);
        ServerSocket taken = new ServerSocket(0, 1, here)) {
      int first = taken.getLocalPort();
      SourcePorts ports = new SourcePorts(first, first + 99, ALL);
      Set<Integer> used = new HashSet<>();
      for (int i = 0; i < 50; i++) {
        open.add(ports.connect((InetSocketAddress) server.getLocalSocketAddress()));
        used.add(((InetSocketAddress) open.getLast().getLocalAddress()).getPort());
      }
      assertEquals(50, used.size());
      assertTrue(used.stream().allMatch(port -> port > first && port < first + 100), "" + used);
      SourcePorts none = new SourcePorts(first, first, ALL);
      assertThrows(
          BindException.class,
          () -> none.connect((InetSocketAddress) server.getLocalSocketAddress()));
    } finally {
      for (SocketChannel channel : open) {
        channel.close();
      }
    }
  }

  @Test
  void fewUsersAreLeftToTheSystem() {
    assertEquals(Optional.empty(), SourcePorts.of(new PlanFor().users(9_000, "1s").plan(), ALL));
    boolean linux = System.getProperty("os.name").equals("Linux");
    assertEquals(linux, SourcePorts.of(new PlanFor().users(20_000, "1s").plan(), ALL).isPresent());
  }
}
