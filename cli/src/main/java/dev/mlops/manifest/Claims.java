package dev.mlops.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Disks that manifests claim. */
public final class Claims {
  private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

  private Claims() {}

  /** Of all claims together, each brought up to a whole GiB as clouds do. */
  public static long gib(List<ObjectNode> manifests) {
    return manifests.stream()
        .filter(object -> object.path("kind").asText().equals("PersistentVolumeClaim"))
        .map(claim -> claim.at("/spec/resources/requests/storage").asText())
        .filter(size -> !size.isEmpty())
        .mapToLong(Claims::size)
        .sum();
  }

  /** What is no size is the cluster's to refuse. */
  private static long size(String text) {
    try {
      return Quantity.parse(text).value().divide(GIB, 0, RoundingMode.UP).longValue();
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }
}
