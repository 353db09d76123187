package dev.mlops.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Until when credentials are good, as far as they say so themselves.
 *
 * @param what for people, such as "The client certificate"
 */
record Expiry(String what, Instant until) {

  /** Of each part of the credentials that says it. */
  static Stream<Expiry> of(Config config) {
    return Stream.concat(certificate(config).stream(), token(config).stream());
  }

  boolean isPast(Instant now) {
    return until.isBefore(now);
  }

  private static Optional<Expiry> certificate(Config config) {
    Optional<byte[]> pem =
        config.getClientCertData() != null
            ? decoded(config.getClientCertData())
            : Optional.ofNullable(config.getClientCertFile()).flatMap(Expiry::read);
    return pem.flatMap(Expiry::parse)
        .map(certificate ->
            new Expiry("The client certificate", certificate.getNotAfter().toInstant()));
  }

  /** Most tokens are JSON web tokens; others keep it to themselves. */
  private static Optional<Expiry> token(Config config) {
    String token =
        config.getOauthTokenProvider() == null
            ? config.getAutoOAuthToken()
            : config.getOauthTokenProvider().getToken();
    String[] parts = token == null ? new String[0] : token.split("\\.");
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
      return Optional.of(claims.path("exp"))
          .filter(JsonNode::isNumber)
          .map(end -> new Expiry("The token", Instant.ofEpochSecond(end.asLong())));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getMimeDecoder().decode(base64.getBytes(UTF_8)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the client's own words are better
    }
  }

  private static Optional<byte[]> read(String file) {
    try {
      return Optional.of(Files.readAllBytes(Path.of(file)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<X509Certificate> parse(byte[] pem) {
    try {
      var certificates = CertificateFactory.getInstance("X.509");
      return Optional.of(
          (X509Certificate) certificates.generateCertificate(new ByteArrayInputStream(pem)));
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }
}
