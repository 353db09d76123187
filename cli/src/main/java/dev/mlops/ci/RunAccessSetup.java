package dev.mlops.ci;

import dev.mlops.ci.RepositorySetup.Item;
import dev.mlops.ci.RepositorySetup.State;
import dev.mlops.platform.Resource;
import dev.mlops.problem.MlopsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lets the runs in at each platform that they log in to: the other half of what GitHub holds. */
public record RunAccessSetup(Admissions admissions) {
  /** What is to be done of one environment's access. */
  private interface Deed {
    Item of(String environment, Resource access) throws InterruptedException;
  }

  /** Reads only. */
  public List<Item> look() throws InterruptedException {
    return each((environment, access) -> {
      try {
        return item(environment, access, isThere(access) ? State.SET : State.MISSING);
      } catch (MlopsException e) {
        // People who set a repository up need not reach its clusters.
        String why = access.title() + ": can't be told: " + e.problem().message();
        return new Item(environment, "", State.MISSING, why);
      }
    });
  }

  /** Makes what is missing. */
  public List<Item> write(Consumer<String> progress) throws InterruptedException {
    return each((environment, access) -> {
      if (isThere(access)) {
        return item(environment, access, State.SET);
      }
      access.ensure(progress);
      return item(environment, access, State.WRITTEN);
    });
  }

  private List<Item> each(Deed deed) throws InterruptedException {
    List<Item> items = new ArrayList<>();
    List<Admissions.Door> doors = admissions.doors();
    if (doors.isEmpty()) {
      return items;
    }
    RunClaims claims = RunClaims.of(admissions.github());
    for (Admissions.Door door : doors) {
      Optional<Resource> access =
          admissions.federation(door).admission(claims.bothForms(door.name()));
      if (access.isPresent()) {
        items.add(deed.of(door.name(), access.get()));
      }
    }
    return items;
  }

  private static boolean isThere(Resource access) throws InterruptedException {
    return access.look() instanceof Resource.State.Ready;
  }

  private static Item item(String environment, Resource access, State state) {
    return new Item(environment, "", state, access.title());
  }
}
