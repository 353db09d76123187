package dev.mlops.service.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom a TLS connection trusts and by what it is known itself, as PEM files.
 *
 * @param authorities certificates of which one has to vouch for the server; none for the JVM's own
 * @param client what is shown to a server that asks; none for nothing
 */
record PemFiles(Optional<Path> authorities, Optional<Client> client) {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final char[] NO_PASSWORD = new char[0];

  /**
   * @param chain the client's certificate, and those that vouch for it
   * @param key its private key, in PKCS #8
   */
  record Client(Path chain, Path key) {}

  boolean isNone() {
    return authorities.isEmpty() && client.isEmpty();
  }

  /**
   * @throws IOException if a file can't be read or is not what it should be; the message names it
   */
  SSLSocketFactory sockets() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        client.isPresent() ? keys(client.get()) : null,
        authorities.isPresent() ? trust(authorities.get()) : null,
        null);
    return context.getSocketFactory();
  }

  private static TrustManager[] trust(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    for (Certificate certificate : certificates(file)) {
      store.setCertificateEntry("authority-" + store.size(), certificate);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] keys(Client client) throws IOException, GeneralSecurityException {
    List<Certificate> chain = certificates(client.chain());
    PrivateKey key = key(client.key(), chain.getFirst().getPublicKey().getAlgorithm());
    KeyStore store = empty();
    store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static List<Certificate> certificates(Path file) throws IOException {
    var bytes = new ByteArrayInputStream(bytes(file));
    try {
      List<Certificate> found =
          new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(bytes));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (GeneralSecurityException _) {
      // told below
    }
    throw new IOException(file + " holds no certificate in PEM form");
  }

  private static byte[] bytes(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException(file + " can't be read: " + e, e);
    }
  }

  private static PrivateKey key(Path file, String algorithm) throws IOException {
    Matcher pem = KEY.matcher(new String(bytes(file), US_ASCII));
    try {
      if (pem.find()) {
        byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
      }
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      // told below
    }
    throw new IOException(
        file
            + " holds no "
            + algorithm
            + " key that begins with BEGIN PRIVATE KEY (openssl pkcs8 -topk8 -nocrypt makes one)");
  }
}
