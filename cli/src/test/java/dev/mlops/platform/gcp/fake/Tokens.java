package dev.mlops.platform.gcp.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.rpc.Code;
import java.util.List;

/** {@code iamcredentials} and {@code sts}: short-lived tokens that nobody else takes. */
final class Tokens {
  static final String TOKEN = "ya29.fake-token-that-must-not-be-seen";

  private final World world;

  Tokens(World world) {
    this.world = world;
  }

  List<Route> routes() {
    return List.of(
        Route.ask(
            "/v1/projects/-/serviceAccounts/(?<email>[^/:]+):generateAccessToken",
            this::impersonate),
        Route.ask("/v1/token", _ -> exchange()));
  }

  private JsonNode impersonate(RestRequest request) {
    if (!world.accounts().emails().contains(request.part("email"))) {
      throw ApiFault.of(
          Code.PERMISSION_DENIED,
          "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not"
              + " exist).");
    }
    return RestFront.object().put("accessToken", TOKEN).put("expireTime", "2099-11-23T15:00:00Z");
  }

  private static JsonNode exchange() {
    return RestFront.object()
        .put("access_token", TOKEN)
        .put("issued_token_type", "urn:ietf:params:oauth:token-type:access_token")
        .put("token_type", "Bearer")
        .put("expires_in", 3599);
  }
}
