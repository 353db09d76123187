package dev.mlops.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodAnnotationsTest {
  private static final Map<String, String> SCRAPE = Map.of("prometheus.io/scrape", "true");

  private static final String HEAD =
      """
      # Two documents.
      apiVersion: v1
      kind: Service
      metadata: {name: a}
      ---
      kind: Deployment
      metadata:
        name: a   # the user's own
      spec:
        template:
      """;

  private static final String TAIL =
      """
          spec:
            containers:
              - image: registry.example.com/iris:1
      """;

  @Test
  void areAddedToTheMetadataOfThePods() {
    assertAdded(
        """
            metadata:
              # why
              labels: {app: a}
        """,
        """
            metadata:
              # why
              annotations:
                prometheus.io/scrape: "true"
              labels: {app: a}
        """);
  }

  @Test
  void joinThoseThatAreThere() {
    assertAdded(
        """
            metadata:
              labels: {app: a}
              annotations:
                # theirs
                owner: me
        """,
        """
            metadata:
              labels: {app: a}
              annotations:
                # theirs
                prometheus.io/scrape: "true"
                owner: me
        """);
  }

  @Test
  void bringTheirMetadataAlong() {
    assertAdded(
        "",
        """
            metadata:
              annotations:
                prometheus.io/scrape: "true"
        """);
  }

  @Test
  void whatIsThereStaysAsItIs() {
    String there =
        """
            metadata:
              annotations:
                prometheus.io/scrape: "false"
        """;
    assertAdded(there, there);
  }

  @Test
  void leaveAloneWhatIsNotWrittenLineByLineOrRunsAnotherImage() {
    String braces = HEAD + "    metadata: {labels: {app: a}}\n" + TAIL;
    assertEquals(Optional.empty(), PodAnnotations.add(braces, "iris", SCRAPE));
    assertEquals(Optional.empty(), PodAnnotations.add(HEAD + TAIL, "rose", SCRAPE));
  }

  private static void assertAdded(String before, String after) {
    assertEquals(
        Optional.of(HEAD + after + TAIL), PodAnnotations.add(HEAD + before + TAIL, "iris", SCRAPE));
  }
}
