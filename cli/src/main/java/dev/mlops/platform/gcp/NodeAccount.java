package dev.mlops.platform.gcp;

import dev.mlops.platform.Resource;
import java.util.List;
import java.util.function.Consumer;

/** Who the nodes are: an account of their own, instead of Compute's, which may do everything. */
record NodeAccount(Site site) implements Resource {
  static final String ID = "node-account";

  static Account account(Site site) {
    return new Account(site, "nodes", "Nodes of " + site.config().cluster().name());
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Node account";
  }

  @Override
  public List<String> needs() {
    return List.of(Apis.ID);
  }

  @Override
  public String foresee() {
    return account(site).email();
  }

  @Override
  public State look() throws InterruptedException {
    String email = account(site).email();
    return account(site).isThere() ? new State.Ready(email) : new State.Missing(email);
  }

  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    account(site).ensure(progress);
    return account(site).email();
  }

  @Override
  public List<String> byHand() {
    return List.of(account(site).byHand());
  }
}
