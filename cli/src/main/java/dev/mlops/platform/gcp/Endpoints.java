package dev.mlops.platform.gcp;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.httpjson.InstantiatingHttpJsonChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import dev.mlops.config.GcpEndpoints;
import dev.mlops.problem.Code;
import java.net.URI;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where each API is, how it is spoken to, and with whose credentials. The clients speak gRPC, to
 * {@code https} addresses too; {@code http} alone means REST. Plaintext carries no credentials.
 */
record Endpoints(GcpEndpoints written, TokenSource tokens) {

  /** The address of an API over REST. */
  URI rest(String api) {
    URI address = written.of(api).orElseGet(() -> URI.create("https://" + publicHost(api)));
    if (address.getScheme().equals("grpc")) {
      throw Code.GCP_ENDPOINT.problem(
          "The API " + api + " is asked over REST, and its address is " + address,
          "",
          "Set " + api + "=http://… in gcp.endpoints");
    }
    return address;
  }

  /** The token that goes to an address of Google's; none in plaintext. */
  Optional<TokenSource> tokensFor(URI address) {
    return GcpEndpoints.isPlaintext(address) ? Optional.empty() : Optional.of(tokens);
  }

  boolean speaksRest(String api) {
    return written.of(api).filter(address -> address.getScheme().equals("http")).isPresent();
  }

  /** How a client gets at the API. */
  TransportChannelProvider channel(
      String api,
      InstantiatingGrpcChannelProvider.Builder grpc,
      Optional<InstantiatingHttpJsonChannelProvider.Builder> rest) {
    Optional<URI> address = written.of(api);
    if (address.isEmpty()) {
      return grpc.build();
    }
    return switch (address.get().getScheme()) {
      case "http" ->
          rest.orElseThrow(() -> noRest(api))
              .setEndpoint(address.get().toString())
              .setHttpTransport(new JdkTransport(Rest.CLIENT.get(), UnaryOperator.identity()))
              .build();
      case "grpc" ->
          grpc.setEndpoint(address.get().getAuthority())
              .setChannelConfigurator(channel -> channel.usePlaintext())
              .build();
      default -> grpc.setEndpoint(authority(address.get())).build();
    };
  }

  CredentialsProvider credentials(String api) {
    return written.of(api).filter(GcpEndpoints::isPlaintext).isPresent()
        ? NoCredentialsProvider.create()
        : FixedCredentialsProvider.create(tokens.credentials());
  }

  private static String authority(URI address) {
    return address.getPort() < 0 ? address.getHost() + ":443" : address.getAuthority();
  }

  private static String publicHost(String api) {
    return switch (api) {
      case "iam-rest" -> "iam.googleapis.com";
      case "github" -> "api.github.com";
      default -> api + ".googleapis.com";
    };
  }

  private static RuntimeException noRest(String api) {
    return Code.GCP_ENDPOINT.problem(
        "The API " + api + " has no REST client",
        "Google's library speaks gRPC only there.",
        "Set " + api + "=grpc://… or https://… in gcp.endpoints");
  }
}
