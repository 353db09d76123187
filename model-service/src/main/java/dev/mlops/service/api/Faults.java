package dev.mlops.service.api;

import dev.mlops.service.http.Fault;
import dev.mlops.service.http.Status;
import dev.mlops.service.predict.Refusal;
import java.util.Locale;

/** The one table of what is answered to a body that is refused, in whichever dialect it came. */
final class Faults {
  private Faults() {}

  static Fault of(Refusal refusal) {
    Status status =
        switch (refusal.reason()) {
          case TOO_MANY_ROWS -> Status.CONTENT_TOO_LARGE;
          case MALFORMED_JSON,
              MALFORMED_CSV,
              MISSING_FIELD,
              UNKNOWN_FIELD,
              DUPLICATE_FIELD,
              WRONG_TYPE,
              WRONG_SHAPE,
              UNKNOWN_CATEGORY,
              NO_PREDICTION ->
              Status.BAD_REQUEST;
        };
    String code = refusal.reason().name().toLowerCase(Locale.ROOT);
    return Fault.of(status, code, refusal.getMessage(), refusal.field());
  }
}
