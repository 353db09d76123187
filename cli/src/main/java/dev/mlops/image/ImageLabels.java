package dev.mlops.image;

import java.util.Set;

/**
 * The labels and layer names by which an image that `mlops` built is known again. What a release is
 * told by are the names in {@link dev.mlops.platform.Release}.
 */
final class ImageLabels {
  /** Which base and why, one sentence. */
  static final String BASE = "dev.mlops.base";

  /** `host`, or the reference of the base image. */
  static final String BASE_KIND = "dev.mlops.base.kind";

  /** Hash of everything the image was made of: equal inputs need no build. */
  static final String INPUTS = "dev.mlops.inputs";

  /** From process start to ready with the image's model, on the machine that built it. */
  static final String START_MILLIS = "dev.mlops.start-millis";

  static final String BASE_LAYER = "base";
  static final String RUNTIME_LAYER = "runtime";
  static final String LIBRARIES_LAYER = "libraries";
  static final String SERVICE_LAYER = "service";
  static final String AOT_LAYER = "aot";
  static final String MODEL_LAYER = "model";
  static final String TRAINING_LAYER = "training";

  private static final Set<String> OURS =
      Set.of(RUNTIME_LAYER, LIBRARIES_LAYER, SERVICE_LAYER, AOT_LAYER, MODEL_LAYER, TRAINING_LAYER);

  private ImageLabels() {}

  /** Jib writes a layer's name as the comment of its history; a base's comments are its own. */
  static String layerName(String comment) {
    return OURS.contains(comment) ? comment : BASE_LAYER;
  }
}
