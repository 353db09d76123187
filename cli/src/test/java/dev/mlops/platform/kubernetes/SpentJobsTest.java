package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SpentJobsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static ObjectNode job(String name, String image, String more) throws Exception {
    return (ObjectNode)
        JSON.readTree(
            """
            {"kind": "Job", "metadata": {"name": "%s"}, "spec": {%s "image": "%s"}}
            """
                .formatted(name, more, image));
  }

  @Test
  void onlyAJobThatRanWithThisReleaseAndRemovesItselfMayBeGone() throws Exception {
    String ttl = "\"ttlSecondsAfterFinished\": 60,";
    ObjectNode ran = job("prepare", "iris@sha256:1", ttl);
    var spent = new SpentJobs(List.of(ran));

    ObjectNode again = job("prepare", "iris@sha256:1", "");
    again.withObject("spec").put("ttlSecondsAfterFinished", 60L);
    assertTrue(spent.has(again, List.of(again)), "a long is the same number");
    ObjectNode changed = job("prepare", "iris@sha256:2", ttl);
    assertFalse(spent.has(changed, List.of(changed)), "the next release's has yet to run");
    ObjectNode other = job("clean", "iris@sha256:1", ttl);
    assertFalse(spent.has(other, List.of(ran, other)), "one that is new");
    ObjectNode kept = job("prepare", "iris@sha256:1", "");
    assertFalse(new SpentJobs(List.of(kept)).has(kept, List.of(kept)), "one that somebody removed");
    assertFalse(SpentJobs.of(Optional.empty()).has(ran, List.of(ran)), "nothing runs");
  }
}
