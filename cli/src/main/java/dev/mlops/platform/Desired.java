package dev.mlops.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What shall run: a release, and the user's own Kubernetes objects that say how.
 *
 * @param manifests as they stand in the user's folder, but for the image
 */
public record Desired(Release release, List<ObjectNode> manifests) {
  public Desired {
    manifests = List.copyOf(manifests);
  }
}
