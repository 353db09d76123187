package dev.mlops.platform.local;

import dev.mlops.platform.Check;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Whether the service can listen where it shall, or does so already. */
record PortCheck(Site site, LocalFolder folder, SupervisorLink link) implements Check {
  @Override
  public String id() {
    return "port";
  }

  @Override
  public String title() {
    return "Port";
  }

  @Override
  public Result look() {
    Optional<SavedState> saved = SavedState.read(folder);
    if (saved.filter(SavedState::paused).isPresent()) {
      return new Result.NotApplicable("paused: nothing listens");
    }
    if (link.find().isPresent() && saved.filter(now -> isHere(now.site())).isPresent()) {
      return new Result.Fine("listens on " + site.address());
    }
    bind();
    return new Result.Fine(site.address() + " is free");
  }

  private boolean isHere(Site other) {
    return other.address().equals(site.address());
  }

  private void bind() {
    Address address = site.address();
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address.host(), address.port()));
    } catch (IOException e) {
      throw PortTaken.problem(address, e);
    }
  }
}
