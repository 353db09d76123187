package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mlops.problem.Problem;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In the words of Kubernetes 1.34. */
class FixedFieldsTest {
  private static ObjectNode object(String kind, String spec) throws IOException {
    return (ObjectNode)
        new YAMLMapper()
            .readTree("{kind: %s, metadata: {name: a}, spec: %s}".formatted(kind, spec));
  }

  private static StatusCause cause(String field, String message) {
    return new StatusCause(field, message, "FieldValueInvalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Invalid value: {}: field is immutable",
        "Invalid value: []string{\"10.0.0.1\"}: may not change once set",
        "Invalid value: \"None\": primary clusterIP can not be unset",
        "Invalid value: {}: cannot change roleRef",
        "Forbidden: may not be changed in an update.",
        "Forbidden: updates to parameters are forbidden.",
        "Forbidden: spec.persistentvolumesource is immutable after creation",
        "Forbidden: updates to statefulset spec for fields other than 'replicas' are forbidden"
      })
  void knowsTheWords(String message) {
    assertTrue(FixedFields.isCause(cause("spec", message)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Required value",
        "Invalid value: 99999: must be between 1 and 65535, inclusive",
        "Forbidden: may not be used when `type` is 'ClusterIP'"
      })
  void takesNoOtherWordsForThem(String message) {
    assertFalse(FixedFields.isCause(cause("spec", message)));
  }

  @Test
  void namesWhatDiffersAndIsNotLet() throws IOException {
    ObjectNode live =
        object(
            "StatefulSet",
            """
            {replicas: 1, serviceName: a, template: {x: 1}, podManagementPolicy: OrderedReady,
             volumeClaimTemplates: [{spec: {size: 1Gi, volumeMode: Filesystem}}]}
            """);
    ObjectNode wanted =
        object(
            "StatefulSet",
            "{replicas: 2, serviceName: b, template: {x: 2}, volumeClaimTemplates: [{spec: {size: 2Gi}}]}");
    StatusCause cause =
        cause(
            "spec",
            "Forbidden: updates to statefulset spec for fields other than 'replicas', 'template'"
                + " are forbidden");

    Problem problem = problem(wanted, live, cause);

    assertEquals(
        "StatefulSet a can't be changed in spec.serviceName, spec.volumeClaimTemplates",
        problem.message());
    assertTrue(problem.next().endsWith("kubectl delete statefulset a --cascade=orphan"));
  }

  @Test
  void aClaimMayGrow() throws IOException {
    ObjectNode live =
        object("PersistentVolumeClaim", "{resources: {requests: {storage: 1Gi}}, volumeName: v}");
    ObjectNode wanted =
        object(
            "PersistentVolumeClaim",
            "{resources: {requests: {storage: 2Gi}}, storageClassName: fast}");
    StatusCause cause =
        cause(
            "spec",
            "Forbidden: spec is immutable after creation except resources.requests and"
                + " volumeAttributesClassName for bound claims\n  storageClassName: b");

    assertEquals(
        "PersistentVolumeClaim a can't be changed in spec.storageClassName",
        problem(wanted, live, cause).message());
  }

  private static Problem problem(ObjectNode wanted, ObjectNode live, StatusCause cause) {
    return new FixedFields(wanted, Optional.of(live))
        .problem("kubectl", List.of(cause), new KubernetesClientException("refused"))
        .problem();
  }
}
