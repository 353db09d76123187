import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** Gatling at a fixed rate; reads the system properties rate, seconds and target. */
public final class Known extends Simulation {
  private static final String BODY =
      "{\"sepal_length\":5.1,\"sepal_width\":3.5,\"petal_length\":1.4,\"petal_width\":0.2}";

  public Known() {
    setUp(
            scenario("known")
                .exec(
                    http("predict")
                        .post("/predict")
                        .header("Content-Type", "application/json")
                        .body(StringBody(BODY)))
                .injectOpen(
                    constantUsersPerSec(Integer.getInteger("rate"))
                        .during(Duration.ofSeconds(Integer.getInteger("seconds")))))
        .protocols(http.baseUrl(System.getProperty("target")).shareConnections());
  }
}
