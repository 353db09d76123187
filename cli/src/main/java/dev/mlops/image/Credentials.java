package dev.mlops.image;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import java.util.List;
import java.util.Optional;

/** Where users keep what registries ask for: Docker's config, its helpers, the clouds' own. */
final class Credentials {
  private Credentials() {}

  static List<CredentialRetriever> retrievers(String reference)
      throws InvalidImageReferenceException {
    CredentialRetrieverFactory factory =
        CredentialRetrieverFactory.forImage(ImageReference.parse(reference), _ -> {});
    return List.of(
        factory.dockerConfig(),
        factory.wellKnownCredentialHelpers(),
        factory.googleApplicationDefaultCredentials());
  }

  /** The first that is found; a helper that fails is passed over. */
  static Optional<Credential> find(String reference) {
    try {
      for (CredentialRetriever retriever : retrievers(reference)) {
        Optional<Credential> credential = retrieve(retriever);
        if (credential.isPresent()) {
          return credential;
        }
      }
      return Optional.empty();
    } catch (InvalidImageReferenceException e) {
      throw dev.mlops.image.ImageReference.invalid(reference, e);
    }
  }

  private static Optional<Credential> retrieve(CredentialRetriever retriever) {
    try {
      return retriever.retrieve();
    } catch (CredentialRetrievalException e) {
      return Optional.empty();
    }
  }
}
